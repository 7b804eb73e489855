package com.ourvidz.core.safety;

/**
 * A phrase that an operator does not want to see. It is found as whole words, however they are spelled and whatever stands between them.
 *
 * @param line where it stands in the operator's list, from 1; names the rule
 */
public record BlockedPhrase(int line, String text) {}
