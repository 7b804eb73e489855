package com.ourvidz.diffusion.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of one component of a checkpoint, by the names that its JSON file has ({@code config.json}, {@code
 * scheduler_config.json}, {@code model_index.json} …). A setting that is {@code null}, or a list of nothing but {@code
 * null}, is absent: that is how diffusers writes "not used".
 *
 * <p>The methods without a default throw {@link CheckpointException} for an absent setting; all of them throw it for a
 * value of another type.
 */
public final class Config {

    private final Path file;
    private final String path;
    private final JsonNode settings;

    private Config(Path file, String path, JsonNode settings) {
        this.file = file;
        this.path = path;
        this.settings = settings;
    }

    /**
     * Reads a settings file.
     *
     * @throws CheckpointException when the file is missing, is not JSON or is not an object
     */
    public static Config read(Path file) {
        return new Config(file, "", Json.readObject(file));
    }

    /**
     * Settings that are not in a file of their own.
     *
     * @param name stands for the file in messages
     * @throws CheckpointException when it is not JSON or is not an object
     */
    public static Config of(Path name, byte[] json) {
        return new Config(name, "", Json.parseObject(name, json));
    }

    /** The file that the settings come from, for messages. */
    public Path file() {
        return file;
    }

    public boolean has(String name) {
        return !isAbsent(settings.path(name));
    }

    public int integer(String name) {
        return integer(name, present(name));
    }

    public int integer(String name, int otherwise) {
        return has(name) ? integer(name) : otherwise;
    }

    public double number(String name) {
        return number(name, present(name));
    }

    public double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    public boolean flag(String name, boolean otherwise) {
        return has(name)
                ? expect(name, present(name), "true or false", JsonNode::isBoolean)
                        .booleanValue()
                : otherwise;
    }

    public String text(String name) {
        return text(name, present(name));
    }

    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    public List<Integer> integers(String name) {
        return list(name, node -> integer(name, node));
    }

    /** A list of {@code count} integers; one integer stands for {@code count} equal ones. */
    public List<Integer> integersOrRepeated(String name, int count) {
        JsonNode node = present(name);
        List<Integer> values = node.isArray() ? integers(name) : Collections.nCopies(count, integer(name, node));
        if (values.size() != count) {
            throw invalid(name, "has " + values.size() + " values where " + count + " are expected");
        }
        return values;
    }

    /** A list of {@code count} lists of integers; in it an integer stands for a list of itself alone, and outside for {@code count} of these. */
    public List<List<Integer>> integerListsOrRepeated(String name, int count) {
        JsonNode node = present(name);
        if (!node.isArray() || node.valueStream().noneMatch(JsonNode::isArray)) {
            return integersOrRepeated(name, count).stream().map(List::of).toList();
        }
        if (node.size() != count) {
            throw invalid(name, "has " + node.size() + " values where " + count + " are expected");
        }
        return node.valueStream().map(element -> integersIn(name, element)).toList();
    }

    private List<Integer> integersIn(String name, JsonNode node) {
        return node.isArray()
                ? node.valueStream().map(element -> integer(name, element)).toList()
                : List.of(integer(name, node));
    }

    public List<Double> numbers(String name) {
        return list(name, node -> number(name, node));
    }

    public List<Boolean> flags(String name) {
        return list(
                name,
                node -> expect(name, node, "true or false", JsonNode::isBoolean).booleanValue());
    }

    public List<String> texts(String name) {
        return list(name, node -> text(name, node));
    }

    /** Whether the setting is an object, to be read with {@link #section}. */
    public boolean isSection(String name) {
        return settings.path(name).isObject();
    }

    /** The settings inside the object {@code name}; none when it is absent. */
    public Config section(String name) {
        JsonNode section = has(name)
                ? expect(name, present(name), "an object", JsonNode::isObject)
                : JsonNodeFactory.instance.objectNode();
        return new Config(file, path + name + ".", section);
    }

    /** These settings with another value for one. */
    public Config with(String name, boolean value) {
        return with(name, JsonNodeFactory.instance.booleanNode(value));
    }

    public Config with(String name, int value) {
        return with(name, JsonNodeFactory.instance.numberNode(value));
    }

    public Config with(String name, double value) {
        return with(name, JsonNodeFactory.instance.numberNode(value));
    }

    public Config with(String name, String value) {
        return with(name, JsonNodeFactory.instance.stringNode(value));
    }

    private Config with(String name, JsonNode value) {
        ObjectNode others = JsonNodeFactory.instance.objectNode();
        settings.forEachEntry(others::set);
        others.set(name, value);
        return new Config(file, path, others);
    }

    /** The names of the settings that are present, in the file's order. */
    public List<String> names() {
        return settings.propertyNames().stream().filter(this::has).toList();
    }

    /**
     * A setting's value, when it is one that a model can have.
     *
     * @throws CheckpointException when it is less than {@code least} or more than {@code most}
     */
    public int within(int least, int most, String name, int value) {
        if (value < least || value > most) {
            throw invalid(name, "is " + value + " where " + least + " to " + most + " is expected");
        }
        return value;
    }

    /** The same for each value of a list, of which there must be one. */
    public List<Integer> within(int least, int most, String name, List<Integer> values) {
        if (values.isEmpty()) {
            throw invalid(name, "is empty");
        }
        values.forEach(value -> within(least, most, name, value));
        return values;
    }

    /**
     * The exception for a setting whose value cannot be used: {@code problem} continues the sentence "file: setting
     * 'name' …".
     */
    public CheckpointException invalid(String name, String problem) {
        return new CheckpointException(file + ": setting '" + path + name + "' " + problem);
    }

    private JsonNode present(String name) {
        JsonNode node = settings.path(name);
        if (isAbsent(node)) {
            throw invalid(name, "is missing");
        }
        return node;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isArray() && !node.isEmpty() && node.valueStream().allMatch(JsonNode::isNull));
    }

    private int integer(String name, JsonNode node) {
        return expect(name, node, "an integer", JsonNode::canConvertToInt).intValue();
    }

    private double number(String name, JsonNode node) {
        return expect(name, node, "a number", JsonNode::isNumber).doubleValue();
    }

    private String text(String name, JsonNode node) {
        return expect(name, node, "a text", JsonNode::isString).stringValue();
    }

    private <T> List<T> list(String name, Function<JsonNode, T> element) {
        JsonNode node = expect(name, present(name), "a list", JsonNode::isArray);
        return node.valueStream().map(element).toList();
    }

    private JsonNode expect(String name, JsonNode node, String what, Predicate<JsonNode> check) {
        if (!check.test(node)) {
            throw invalid(name, "is " + node + " where " + what + " is expected");
        }
        return node;
    }
}
