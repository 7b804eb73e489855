package com.ourvidz.enhancer;

/**
 * What a model has answered, as it stands.
 *
 * @param whole false when it was cut off because it may not write more
 */
record Answer(String text, boolean whole) {}
