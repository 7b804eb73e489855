package com.ourvidz.diffusion.tokenizer;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code tokenizer.json} of a CLIP tokenizer: the checkpoint's own, or one made from {@code vocab.json} and {@code
 * merges.txt}. The tokens with a role are added to it, as transformers does when it loads either.
 */
final class TokenizerDocument {

    /**
     * CLIP's words: English contractions, runs of letters, single digits, runs of anything else that is not a space.
     */
    private static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Path file;
    private final ObjectNode json;

    private TokenizerDocument(Path file, ObjectNode json) {
        this.file = file;
        this.json = json;
    }

    static TokenizerDocument read(Path folder, SpecialTokens special) {
        Path own = folder.resolve("tokenizer.json");
        TokenizerDocument document = Files.exists(own)
                ? new TokenizerDocument(own, Json.readObject(own))
                : fromVocabulary(folder, special.unk());
        special.all().forEach(document::add);
        return document;
    }

    /** The id of a token that was added. */
    int id(SpecialToken token) {
        return added().valueStream()
                .filter(entry -> entry.path("content").asString("").equals(token.content()))
                .map(entry -> entry.path("id"))
                .filter(JsonNode::canConvertToInt)
                .findFirst()
                .orElseThrow(() -> new CheckpointException(file + " has no token '" + token.content()
                        + "'. Copy the whole tokenizer folder of the checkpoint."))
                .intValue();
    }

    Path file() {
        return file;
    }

    String text() {
        return json.toString();
    }

    private static TokenizerDocument fromVocabulary(Path folder, SpecialToken unknown) {
        Path file = folder.resolve("vocab.json");
        ObjectNode model = JSON.objectNode().put("type", "BPE").put("unk_token", unknown.content());
        model.put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", "</w>")
                .put("fuse_unk", false);
        model.set("vocab", Json.readObject(file));
        model.set("merges", merges(folder.resolve("merges.txt")));
        ObjectNode json = JSON.objectNode().put("version", "1.0");
        json.set("added_tokens", JSON.arrayNode());
        json.set("normalizer", normalizer());
        json.set("pre_tokenizer", preTokenizer());
        json.set("model", model);
        return new TokenizerDocument(file, json);
    }

    private static ObjectNode normalizer() {
        ObjectNode spaces = JSON.objectNode().put("type", "Replace").put("content", " ");
        spaces.putObject("pattern").put("Regex", "\\s+");
        return sequence("normalizers", type("NFC"), spaces, type("Lowercase"));
    }

    private static ObjectNode preTokenizer() {
        ObjectNode split = type("Split").put("behavior", "Removed").put("invert", true);
        split.putObject("pattern").put("Regex", WORDS);
        ObjectNode bytes = type("ByteLevel").put("add_prefix_space", false).put("trim_offsets", true);
        return sequence("pretokenizers", split, bytes.put("use_regex", true));
    }

    private static ObjectNode sequence(String name, ObjectNode... steps) {
        ObjectNode sequence = type("Sequence");
        sequence.putArray(name).addAll(List.of(steps));
        return sequence;
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ArrayNode merges(Path file) {
        ArrayNode merges = JSON.arrayNode();
        lines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#version"))
                .forEach(merges::add);
        return merges;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new CheckpointException(
                    file + " is missing or cannot be read. Copy the whole tokenizer folder of the checkpoint.", e);
        }
    }

    private void add(SpecialToken token) {
        JsonNode id = json.path("model").path("vocab").path(token.content());
        boolean known = added().valueStream()
                .anyMatch(entry -> entry.path("content").asString("").equals(token.content()));
        if (id.isIntegralNumber() && !known) {
            ObjectNode entry = added().addObject();
            entry.put("content", token.content())
                    .put("normalized", token.normalized())
                    .put("special", true);
            entry.set("id", id);
            entry.put("single_word", false).put("lstrip", false).put("rstrip", false);
        }
    }

    private ArrayNode added() {
        return json.withArrayProperty("added_tokens");
    }
}
