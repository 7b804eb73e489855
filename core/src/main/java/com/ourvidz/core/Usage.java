package com.ourvidz.core;

/** What some stored things take: how many there are, and their bytes together. */
public record Usage(long count, long bytes) {

    public static final Usage NONE = new Usage(0, 0);

    public Usage plus(Usage other) {
        return new Usage(count + other.count, bytes + other.bytes);
    }
}
