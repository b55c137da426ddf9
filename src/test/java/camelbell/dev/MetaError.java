package camelbell.dev;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * An error as Meta's Graph API words it.
 * Source: the Cloud API's error codes; {@code code} with {@code details} decide, never the HTTP status.
 */
record MetaError(int status, int code, String message, String details) {

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
