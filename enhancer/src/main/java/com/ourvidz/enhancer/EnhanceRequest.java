package com.ourvidz.enhancer;

/**
 * What is to be described.
 *
 * @param prompt the user's own words
 * @param language of the description
 * @param video whether something may move
 * @param seed the same gives the same description, as far as the enhancer can
 */
public record EnhanceRequest(String prompt, Language language, boolean video, long seed) {

    /** The same with another seed, for another try. */
    EnhanceRequest again(int tries) {
        return new EnhanceRequest(prompt, language, video, seed + tries);
    }
}
