package com.ourvidz.diffusion.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a tensor lies in a {@code .safetensors} file, or where the part of one does that another name stands for.
 *
 * @param name in the file
 * @param shape as it is to be read
 * @param begin its first byte, counted from the start of the file
 * @param end the byte after its last
 * @param transposed whether the file has the two dimensions of {@code shape} in the other order
 */
record StoredTensor(String name, StoredType type, List<Long> shape, long begin, long end, boolean transposed) {

    StoredTensor {
        shape = List.copyOf(shape);
    }

    StoredTensor(String name, StoredType type, List<Long> shape, long begin, long end) {
        this(name, type, shape, begin, end, false);
    }

    long size() {
        return end - begin;
    }

    boolean hasShape(long... expected) {
        return shape.equals(list(expected));
    }

    /** One of {@code count} equal groups of rows; all of them where they cannot be shared out. */
    StoredTensor rows(int index, int count) {
        if (shape.isEmpty() || shape.getFirst() % count != 0) {
            return this;
        }
        List<Long> part = new ArrayList<>(shape);
        part.set(0, shape.getFirst() / count);
        long bytes = size() / count;
        return new StoredTensor(name, type, part, begin + index * bytes, begin + (index + 1) * bytes);
    }

    /** A 1x1 convolution as the matrix that it is; any other tensor as it is. */
    StoredTensor matrix() {
        boolean pointwise = shape.size() == 4 && shape.get(2) == 1 && shape.get(3) == 1;
        return pointwise ? new StoredTensor(name, type, shape.subList(0, 2), begin, end) : this;
    }

    /** A matrix with rows for columns; any other tensor as it is. */
    StoredTensor transpose() {
        return shape.size() == 2 ? new StoredTensor(name, type, shape.reversed(), begin, end, !transposed) : this;
    }

    static List<Long> list(long... shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}
