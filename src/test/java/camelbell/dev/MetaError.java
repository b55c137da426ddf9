package camelbell.dev;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * An error as Meta's Graph API words it.
 * Source: the Cloud API's error codes; {@code code} with {@code details} decide, never the HTTP status.
 */
record MetaError(int status, int code, String message, String details) {

    /** An error by its code alone, with the status and the words that go with it at Meta; 400 for all others. */
    static MetaError of(int code) {
        return switch (code) {
            case 0, 190 -> new MetaError(401, code, "Authentication Error", "The access token is not valid any more");
            case 1, 131000 -> error(500, code, "Something went wrong");
            case 2, 133004 -> error(503, code, "Service temporarily unavailable");
            case 3, 10 -> error(403, code, "Permission denied");
            case 4 -> error(429, code, "Application request limit reached");
            case 368 -> error(403, code, "Temporarily blocked for policies violations");
            case 80007 -> error(429, code, "There have been too many calls to this WhatsApp Business account");
            case 130429 -> error(429, code, "Rate limit hit");
            case 131016 -> error(500, code, "Service overloaded");
            case 131026 -> error(400, code, "Message undeliverable");
            case 131047 -> error(400, code, "Re-engagement message");
            case 131056 -> error(429, code, "(Business Account, Consumer Account) pair rate limit hit");
            case 131057 -> error(500, code, "Account in maintenance mode");
            case 132000 -> error(400, code, "Number of parameters does not match the expected number of params");
            case 132001 -> error(404, code, "Template name does not exist in the translation");
            case 132015 -> error(400, code, "Template is paused");
            default -> error(code >= 200 && code <= 299 ? 403 : 400, code, "scripted");
        };
    }

    private static MetaError error(int status, int code, String title) {
        return new MetaError(status, code, "(#" + code + ") " + title, title);
    }

    MetaError saying(String title) {
        return error(status, code, title);
    }

    static MetaError badToken() {
        return new MetaError(
                401, 190, "Invalid OAuth access token - Cannot parse access token", "The access token is not valid");
    }

    static MetaError noToken() {
        return new MetaError(401, 0, "Authentication Error", "We were unable to authenticate the app user");
    }

    static MetaError unknownPath(String path) {
        return new MetaError(
                400, 100, "Unsupported post request. Object with ID '" + path + "' does not exist", "Unknown object");
    }

    static MetaError missing(String parameter) {
        return new MetaError(
                400, 131008, "(#131008) Required parameter is missing", "Parameter '" + parameter + "' is missing");
    }

    static MetaError invalid(String details) {
        return new MetaError(400, 100, "(#100) Invalid parameter", details);
    }

    static MetaError templateParameter() {
        return new MetaError(
                400,
                132018,
                "(#132018) There's an issue with the parameters in your template",
                "Param text cannot have new-line/tab characters or more than 4 consecutive spaces");
    }

    static MetaError templateTooLong() {
        return new MetaError(
                400,
                132005,
                "(#132005) Translated text too long",
                "Body with its values is longer than 1024 characters");
    }

    JsonObject body() {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("message", message)
                                .put("type", "OAuthException")
                                .put("code", code)
                                .put(
                                        "error_data",
                                        new JsonObject()
                                                .put("messaging_product", "whatsapp")
                                                .put("details", details))
                                .put(
                                        "fbtrace_id",
                                        "A" + UUID.randomUUID().toString().replace("-", "")));
    }
}
