package com.ourvidz.core.asset;

import com.ourvidz.core.catalog.JobType;
import java.util.Locale;
import java.util.Optional;

/**
 * A published asset among its user's others, with what its job says of it.
 *
 * @param seed of this asset alone: with it and the job's settings it is made again
 * @param favourite whether the user prefers it
 */
public record ListedAsset(Asset asset, String prompt, long seed, Optional<String> projectId, boolean favourite) {

    private static final int LONGEST_WORDS = 48;

    public JobType type() {
        return JobType.of(asset.bucket()).orElseThrow(); // buckets are named after the job types
    }

    /** What a person saves it as: {@code a-fox-in-snow-7.png}. Letters, digits, hyphens and one dot, in any script. */
    public String fileName() {
        return words() + "-" + seed + "." + type().output().extension();
    }

    private String words() {
        var words = prompt.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-");
        var end = words.offsetByCodePoints(0, Math.min(LONGEST_WORDS, words.codePointCount(0, words.length())));
        var cut = words.substring(0, end).replaceAll("^-|-$", "");
        return cut.isEmpty() ? asset.bucket() : cut;
    }
}
