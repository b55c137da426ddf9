package camelbell.recipient;

import camelbell.model.Policy;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Reads routes/policy.yaml once, at start-up; a wrong entry stops the start with the file's name and the line. */
@Configuration(proxyBeanMethods = false)
class PolicyFile {

    @Bean
    Policy policy(@Value("${camelbell.routes}/policy.yaml") Resource file) {
        return read(text(file), file.getDescription());
    }

    static Policy read(String yaml, String name) {
        JsonNode table = parse(yaml, name);
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema()).validate(table).stream()
                .min(Comparator.comparing(ValidationMessage::toString))
                .ifPresent(wrong -> {
                    JsonPointer at = JsonPointer.compile(pointer(wrong));
                    throw new InvalidPolicyException(name, YamlLines.line(yaml, at), wrong.getMessage());
                });
        return PolicyTable.of(
                table, (at, complaint) -> new InvalidPolicyException(name, YamlLines.line(yaml, at), complaint));
    }

    private static String pointer(ValidationMessage wrong) {
        return wrong.getInstanceLocation().toString().replace("$", "").replace('.', '/');
    }

    private static JsonNode parse(String yaml, String name) {
        try {
            return new YAMLMapper().readTree(yaml);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            var at = e.getLocation();
            throw new InvalidPolicyException(
                    name, at == null ? 1 : at.getLineNr(), "not YAML: " + e.getOriginalMessage());
        }
    }

    private static JsonNode schema() {
        try (InputStream in = PolicyFile.class.getResourceAsStream("/schema/policy.schema.json")) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidPolicyException(file.getDescription(), 0, "cannot be read; check camelbell.routes");
        }
    }
}
