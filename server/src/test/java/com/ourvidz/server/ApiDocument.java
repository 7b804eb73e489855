package com.ourvidz.server;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The platform's OpenAPI document, and whether an answer is in it. */
final class ApiDocument {

    private static final String JSON = "application/json";

    private final JsonNode root;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    ApiDocument(JsonNode root) {
        this.root = root;
    }

    /** One of its routes. */
    record Operation(String method, String path, JsonNode description) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        return root.get("paths")
                .propertyStream()
                .flatMap(ApiDocument::operations)
                .toList();
    }

    private static Stream<Operation> operations(Map.Entry<String, JsonNode> path) {
        return path.getValue()
                .propertyStream()
                .map(each -> new Operation(each.getKey().toUpperCase(Locale.ROOT), path.getKey(), each.getValue()));
    }

    /** What a {@code $ref} stands for, or the schema itself. */
    JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : root.at(reference.substring(1));
    }

    /** What is wrong with the answer; empty when the document says that it may be so. */
    Optional<String> objection(Operation operation, HttpResponse<?> answer, byte[] body) {
        var status = answer.statusCode();
        if (status >= 500 && status != 503) {
            return Optional.of("status " + status);
        }
        var responses = operation.description().get("responses");
        var documented = responses.path(Integer.toString(status));
        if (documented.isMissingNode() && status >= 400 && status != 429) {
            documented = responses.path("default");
        }
        if (documented.isMissingNode()) {
            return Optional.of("status " + status + " is not documented");
        }
        var headers = headersObjection(documented.path("headers"), answer);
        return headers.isPresent() ? headers : contentObjection(documented.path("content"), answer, body);
    }

    private static Optional<String> headersObjection(JsonNode headers, HttpResponse<?> answer) {
        return headers.propertyStream()
                .filter(header -> header.getValue().path("required").asBoolean(false))
                .map(Map.Entry::getKey)
                .filter(header -> answer.headers().firstValue(header).isEmpty())
                .findFirst()
                .map(header -> "no header " + header);
    }

    private Optional<String> contentObjection(JsonNode content, HttpResponse<?> answer, byte[] body) {
        if (content.isEmpty()) {
            return body.length == 0 ? Optional.empty() : Optional.of("a body where none is documented");
        }
        var type = mediaType(answer);
        var documented = content.path(type).isMissingNode() ? content.path("*/*") : content.path(type);
        if (documented.isMissingNode()) {
            return Optional.of("content of type '" + type + "' is not documented");
        }
        return type.equals(JSON) ? schemaObjection(documented.path("schema"), body) : Optional.empty();
    }

    private Optional<String> schemaObjection(JsonNode schema, byte[] body) {
        var errors = schemas.computeIfAbsent(schema, this::schema).validate(Client.JSON.readTree(body));
        return errors.isEmpty() ? Optional.empty() : Optional.of(errors.toString());
    }

    /** With the document's components beside it, so that references within it are found. */
    private Schema schema(JsonNode part) {
        var whole = (ObjectNode) part.deepCopy();
        whole.set("components", root.get("components"));
        return registry.getSchema(whole);
    }

    static String mediaType(HttpResponse<?> answer) {
        var header = answer.headers().firstValue("Content-Type").orElse("");
        return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
