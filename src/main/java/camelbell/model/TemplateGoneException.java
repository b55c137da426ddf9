package camelbell.model;

/**
 * A message cannot be written: the tables no longer have the template that its event needs. Only what was recorded before it was
 * taken out comes to that.
 */
public final class TemplateGoneException extends RuntimeException {

    public TemplateGoneException(String message) {
        super(message);
    }
}
