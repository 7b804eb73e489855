package com.ourvidz.diffusion.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * A prompt's tokens in chunks, cut as AUTOMATIC1111's web UI does: where one is full, and if a comma is among its last tokens behind that, so
 * that what belongs together stays together.
 */
final class Chunks {

    /** What is cut off at a comma is no longer than this. */
    private static final int LONGEST_TAIL = 20;

    /** A prompt of 4,000 characters with a token each; what is beyond is left out. */
    static final int MOST = 54;

    private final int room;
    private final long comma;
    private final List<List<Token>> full = new ArrayList<>();
    private List<Token> current = new ArrayList<>();

    /** A token of the prompt. */
    record Token(long id, float weight) {}

    /** Chunks of {@code room} tokens, beside start and end. */
    Chunks(int room, long comma) {
        this.room = room;
        this.comma = comma;
    }

    void add(Token token) {
        if (room == 0 || full.size() == MOST) {
            return;
        }
        if (current.size() == room) {
            List<Token> tail = token.id() == comma ? List.of() : tail();
            current = new ArrayList<>(current.subList(0, room - tail.size()));
            next();
            current.addAll(tail);
        }
        current.add(token);
    }

    /** What follows the last comma, when that is near. */
    private List<Token> tail() {
        for (int i = room - 1; i >= Math.max(0, room - LONGEST_TAIL); i--) {
            if (current.get(i).id() == comma) {
                return List.copyOf(current.subList(i + 1, room));
            }
        }
        return List.of();
    }

    /** What comes now is in another chunk. */
    void next() {
        full.add(current);
        current = new ArrayList<>();
    }

    /** All chunks, at least one. */
    List<List<Token>> all() {
        if (!current.isEmpty() || full.isEmpty()) {
            next();
        }
        return full.subList(0, Math.min(full.size(), MOST));
    }
}
