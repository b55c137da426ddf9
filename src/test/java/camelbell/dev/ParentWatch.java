package camelbell.dev;

/** Ends this JVM in good order when the Maven that started it was killed and could not say so. */
final class ParentWatch {

    private static final int TERMINATED = 143;

    private ParentWatch() {}

    static void start() {
        ProcessHandle.current().parent().filter(ParentWatch::isMaven).ifPresent(maven -> {
            var unused = maven.onExit().thenRun(() -> System.exit(TERMINATED));
        });
    }

    private static boolean isMaven(ProcessHandle parent) {
        return parent.info().commandLine().orElse("").contains("plexus.classworlds.launcher");
    }
}
