package camelbell.dev;

import camelbell.check.Check;
import camelbell.identity.TokenMinter;
import camelbell.operations.Commands;
import camelbell.runtime.SimpleOperators;
import camelbell.status.OutboxRows;

/** The hub's commands beside an embedded hub: {@code java @.embedded/camelbell}. There is no second hub in it. */
final class EmbeddedCommand {

    private EmbeddedCommand() {}

    public static void main(String[] args) {
        Commands commands =
                new Commands(TokenMinter::mint, OutboxRows::put, () -> new Check()::of, SimpleOperators::standalone);
        System.exit(commands.run(args.length == 0 ? new String[] {"--help"} : args));
    }
}
