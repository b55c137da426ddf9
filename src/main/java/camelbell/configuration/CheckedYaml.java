package camelbell.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import camelbell.configuration.Finding.Severity;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** A YAML file that can be read, with the places of its entries, and where to say what is wrong with it. */
public final class CheckedYaml {

    /** Of a key that stands there twice the last one would win, and nobody would hear of the first. */
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String file;
    private final String text;
    private final JsonNode content;
    private final Findings findings;
    private @Nullable KeyPlaces keys;

    private CheckedYaml(String file, String text, JsonNode content, Findings findings) {
        this.file = file;
        this.text = text;
        this.content = content;
        this.findings = findings;
    }

    /**
     * A file that has passed its JSON Schema, so that its reader need not ask whether an entry is there.
     *
     * @param schema a file of the folder {@code schema} of the class path
     * @return null when the file cannot be read, is no YAML or breaks its schema; the findings say so then
     */
    public static @Nullable CheckedYaml read(Resource resource, String schema, Findings findings) {
        CheckedYaml yaml = parse(resource, findings);
        if (yaml != null && yaml.content.isEmpty() && !yaml.content.isValueNode()) {
            yaml.errorAt(0, 0, "holds nothing");
            return null;
        }
        return yaml != null && yaml.passes(schema(schema)) ? yaml : null;
    }

    /** Any YAML file, and an empty one, too; null when it cannot be read or is no YAML, and the findings say so. */
    public static @Nullable CheckedYaml parse(Resource resource, Findings findings) {
        String file = name(resource);
        try {
            String text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(resource.getContentAsByteArray()))
                    .toString()
                    .replaceFirst("^\uFEFF", "");
            JsonNode content = JsonNodeReader.builder()
                    .yamlMapper(YAML)
                    .locationAware()
                    .build()
                    .readTree(text, InputFormat.YAML);
            several(file, text, findings);
            return new CheckedYaml(file, text, content, findings);
        } catch (IllegalArgumentException e) {
            findings.add(YamlFault.finding(file, e));
        } catch (CharacterCodingException e) {
            findings.add(new Finding(file, 0, 0, Severity.ERROR, "is not UTF-8; save it as that"));
        } catch (IOException e) {
            findings.add(new Finding(file, 0, 0, Severity.ERROR, "cannot be read; check camelbell.routes"));
        }
        return null;
    }

    /** Of several documents only the first would be read. */
    private static void several(String file, String text, Findings findings) throws IOException {
        if (text.contains("\n---")
                && YAML.readerFor(JsonNode.class).readValues(text).readAll().size() > 1) {
            findings.add(new Finding(file, 0, 0, Severity.ERROR, "holds several YAML documents, and one is read"));
        }
    }

    /** As it is typed, or as Spring finds it on the class path. */
    public static String name(Resource resource) {
        try {
            return resource.isFile() && !resource.getDescription().startsWith("class path")
                    ? nearest(resource.getFile().toPath())
                    : resource.getDescription();
        } catch (IOException e) {
            return resource.getDescription();
        }
    }

    /** What lies below the working directory is named from there, as compilers do. */
    private static String nearest(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path there = file.toAbsolutePath().normalize();
        return there.startsWith(here) ? here.relativize(there).toString() : there.toString();
    }

    private boolean passes(JsonSchema schema) {
        Set<ValidationMessage> wrong = schema.validate(content);
        new SchemaComplaints(schema, wrong).tell(this);
        return wrong.isEmpty();
    }

    public String file() {
        return file;
    }

    /** As it stands in the file, comments included. */
    public String text() {
        return text;
    }

    public JsonNode content() {
        return content;
    }

    /** What is wrong with an entry that the schema allows; null: with the file altogether. */
    public void error(@Nullable JsonNode where, String complaint) {
        add(where, Severity.ERROR, complaint);
    }

    /** The same for an entry that may have no place of its own, since it is empty: its key has one. */
    void errorOf(JsonPointer pointer, @Nullable JsonNode where, String complaint) {
        JsonLocation at = where == null ? null : place(where);
        JsonLocation found = at == null ? keys().at(pointer) : at;
        findings.add(new Finding(file, line(found), column(found), Severity.ERROR, complaint));
    }

    /** What is wrong with a key of an object, whatever its value. */
    public void errorAtKey(JsonNode object, String key, String complaint) {
        JsonLocation at = keys().ofKey(object, key);
        findings.add(new Finding(file, line(at), column(at), Severity.ERROR, complaint));
    }

    /** What somebody else has found; line 0: of the file altogether. */
    public void errorAt(int line, int column, String complaint) {
        findings.add(new Finding(file, line, column, Severity.ERROR, complaint));
    }

    /** What is hardly meant, though it can be run. */
    public void warning(@Nullable JsonNode where, String complaint) {
        add(where, Severity.WARNING, complaint);
    }

    private void add(@Nullable JsonNode where, Severity severity, String complaint) {
        JsonLocation at = where == null ? null : place(where);
        findings.add(new Finding(file, line(at), column(at), severity, complaint));
    }

    /** Of a value by its place, of what holds others by its key's: the first of them may stand lines below. */
    private @Nullable JsonLocation place(JsonNode where) {
        JsonLocation key = where.isContainerNode() ? keys().ofValue(where) : null;
        try {
            return key == null ? JsonNodes.tokenLocationOf(where) : key;
        } catch (IllegalArgumentException nowhere) {
            return null; // nothing stands there: not even a value
        }
    }

    private KeyPlaces keys() {
        if (keys == null) {
            keys = new KeyPlaces(text, content);
        }
        return keys;
    }

    private static int line(@Nullable JsonLocation at) {
        return at == null ? 0 : Math.max(0, at.getLineNr());
    }

    private static int column(@Nullable JsonLocation at) {
        return at == null ? 0 : Math.max(0, at.getColumnNr());
    }

    private static JsonSchema schema(String name) {
        InputStream schema = CheckedYaml.class.getResourceAsStream("/schema/" + name);
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Objects.requireNonNull(schema, name));
    }
}
