package com.ourvidz.diffusion.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * Where a tensor lies in a {@code .safetensors} file.
 *
 * @param begin its first byte, counted from the start of the file
 * @param end the byte after its last
 */
record StoredTensor(String name, StoredType type, List<Long> shape, long begin, long end) {

    StoredTensor {
        shape = List.copyOf(shape);
    }

    long size() {
        return end - begin;
    }

    boolean hasShape(long... expected) {
        return shape.equals(list(expected));
    }

    static List<Long> list(long... shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}
