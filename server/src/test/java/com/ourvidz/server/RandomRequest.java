package com.ourvidz.server;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.server.ApiDocument.Operation;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes requests of what the document says of an operation: mostly as it says, and now and then not: a value of another type, a field too
 * many or too few, an id that leads nowhere, bytes that are no JSON, another content type, another's credentials.
 */
final class RandomRequest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String BOUNDARY = "random";

    /** Without these nothing is accepted. */
    private static final List<String> ALWAYS = List.of("jobType", "metadata", "prompt");

    /** No address here is one that could be reached. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a fox in snow",
            "лиса в снегу",
            "狐狸在雪中",
            "style",
            "completed",
            "sdxl_queue",
            "../../etc/passwd",
            "%2e%2e%2f",
            "' OR 1=1 --",
            "<script>alert(1)</script>",
            "line\r\nbreak",
            "\u202eright to left",
            "http://127.0.0.1:1/x",
            "ftp://user@localhost/x",
            "2026-01-01T00:00:00Z",
            "00000000-0000-0000-0000-000000000000",
            "9".repeat(400),
            "x".repeat(5_000));

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "3",
            "6",
            "-1",
            "0.5",
            "1.5",
            "100",
            "1e3",
            "2147483648",
            "9007199254740993",
            "1e300",
            "12345678901234567890");

    private final ApiDocument document;
    private final SplittableRandom random;
    private final List<String> knownTexts;
    private final List<Supplier<String>> credentials;

    /**
     * Makes requests in the name of somebody.
     *
     * @param knownTexts ids and URLs that mean something to the caller
     * @param credentials bearer tokens, the usual one first; an empty one is none. Asked for each time: a request may end its token
     */
    RandomRequest(ApiDocument document, long seed, List<String> knownTexts, List<Supplier<String>> credentials) {
        this.document = document;
        this.random = new SplittableRandom(seed);
        this.knownTexts = List.copyOf(knownTexts);
        this.credentials = List.copyOf(credentials);
    }

    HttpRequest of(URI server, Operation operation) {
        var path = new StringBuilder(operation.path());
        var query = new StringBuilder();
        var request = HttpRequest.newBuilder();
        operation.description().path("parameters").forEach(parameter -> {
            var name = parameter.get("name").asString();
            var value = parameterText(parameter);
            switch (parameter.get("in").asString()) {
                case "path" -> replace(path, "{" + name + "}", encoded(value));
                case "query" -> addTo(query, name, value, parameter);
                case "header" ->
                    request.header(name, value.replaceAll("[^ -~]", "?").strip() + "1");
                default -> throw new IllegalStateException("A parameter in " + parameter.get("in"));
            }
        });
        var credential = (rarely(10) ? pick(credentials) : credentials.getFirst()).get();
        if (!credential.isEmpty()) {
            request.header("Authorization", "Bearer " + credential);
        }
        body(request, operation);
        return request.uri(server.resolve(path + (query.isEmpty() ? "" : "?" + query)))
                .build();
    }

    private void body(HttpRequest.Builder request, Operation operation) {
        var content = operation.description().path("requestBody").path("content");
        if (content.isEmpty()) {
            request.method(operation.method(), BodyPublishers.noBody());
            return;
        }
        var type = content.propertyNames().iterator().next();
        var schema = content.path(type).path("schema");
        request.header("Content-Type", rarely(40) ? "text/plain" : sentType(type));
        request.method(operation.method(), BodyPublishers.ofByteArray(rarely(20) ? noise() : bytes(type, schema)));
    }

    private static String sentType(String type) {
        return switch (type) {
            case "multipart/form-data" -> type + "; boundary=" + BOUNDARY;
            case "*/*" -> "image/png";
            default -> type;
        };
    }

    private byte[] bytes(String type, JsonNode schema) {
        return switch (type) {
            case "application/json" -> Client.JSON.writeValueAsBytes(value("", schema, 0));
            case "multipart/form-data" -> form();
            default -> TestWorker.png();
        };
    }

    private byte[] form() {
        var form = new ByteArrayOutputStream();
        var file = random.nextBoolean() ? TestWorker.png() : noise();
        var head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + (rarely(10) ? "fox" : "file")
                + "\"; filename=\"fox.png\"\r\n\r\n";
        form.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(file);
        form.writeBytes(("\r\n--" + BOUNDARY + (rarely(20) ? "" : "--\r\n")).getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    private byte[] noise() {
        var bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    }

    private JsonNode value(String name, JsonNode given, int depth) {
        if (rarely(25) || depth > 6) {
            return anything(0);
        }
        var schema = document.resolved(given);
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(name, schema, depth);
            case "integer", "number" -> number(name);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "string" -> NODES.stringNode(text(name));
            default -> anything(depth);
        };
    }

    /** OpenAPI 3.1 writes a type that may be null as a list of types. */
    private static String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? type.get(0).asString() : type.asString("");
    }

    private JsonNode object(JsonNode schema, int depth) {
        var object = NODES.objectNode();
        var density = rarely(3) ? random.nextInt(10, 100) : 10; // few fields, for each may be wrong, or nearly all
        schema.path("properties")
                .propertyStream()
                .filter(property -> ALWAYS.contains(property.getKey()) || random.nextInt(100) < density)
                .forEach(property ->
                        object.set(property.getKey(), value(property.getKey(), property.getValue(), depth + 1)));
        if (rarely(20)) {
            object.set("surplus", anything(0));
        }
        return object;
    }

    private JsonNode array(String name, JsonNode schema, int depth) {
        var array = NODES.arrayNode();
        IntStream.range(0, random.nextInt(4)).forEach(i -> array.add(value(name, schema.path("items"), depth + 1)));
        return array;
    }

    /** A lease with nothing to do waits as long as it is told to; here nobody has the time. */
    private JsonNode number(String name) {
        return name.equals("wait_seconds") ? NODES.numberNode(0) : Client.JSON.readTree(pick(NUMBERS));
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> Client.JSON.readTree(pick(NUMBERS));
            case 3 -> NODES.stringNode(pick(TEXTS));
            case 4 -> NODES.arrayNode().add(anything(depth + 1));
            default -> NODES.objectNode().set(pick(TEXTS), anything(depth + 1));
        };
    }

    private String text(String name) {
        if (rarely(6)) {
            return pick(TEXTS);
        }
        return switch (name) {
            case "jobType", "job_type" -> pick(JobType.ids());
            case "prompt" -> "a fox in snow";
            default -> random.nextBoolean() ? pick(knownTexts) : pick(TEXTS);
        };
    }

    private String parameterText(JsonNode parameter) {
        var schema = document.resolved(parameter.path("schema"));
        return switch (type(schema)) {
            case "integer", "number" -> rarely(5) ? pick(TEXTS) : pick(NUMBERS);
            case "boolean" -> rarely(5) ? pick(TEXTS) : Boolean.toString(random.nextBoolean());
            default -> random.nextInt(100) < 70 ? pick(knownTexts) : pick(TEXTS);
        };
    }

    private void addTo(StringBuilder query, String name, String value, JsonNode parameter) {
        if (parameter.path("required").asBoolean(false) || rarely(5)) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(encoded(name))
                    .append('=')
                    .append(encoded(value));
        }
    }

    private static void replace(StringBuilder path, String name, String value) {
        var at = path.indexOf(name);
        path.replace(at, at + name.length(), value.isEmpty() ? "x" : value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private boolean rarely(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
