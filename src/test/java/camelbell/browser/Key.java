package camelbell.browser;

/** Keys that write nothing, as <a href="https://www.w3.org/TR/webdriver2/#keyboard-actions">WebDriver</a> names them. */
public final class Key {

    /** To the next control. */
    public static final String TAB = "\uE004";

    public static final String ENTER = "\uE007";
    public static final String ESCAPE = "\uE00C";
    public static final String END = "\uE010";
    public static final String HOME = "\uE011";
    public static final String UP = "\uE013";
    public static final String DOWN = "\uE015";

    private Key() {}
}
