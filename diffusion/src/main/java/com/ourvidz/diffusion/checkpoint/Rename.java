package com.ourvidz.diffusion.checkpoint;

/**
 * What a file calls a module or a tensor, and what its reader does.
 *
 * @param from a whole name, or the start of one up to a dot
 * @param to what stands in its place; the rest of the name stays
 * @param cut how much of the tensor goes by the new name, and in which form
 */
public record Rename(String from, String to, Cut cut) {

    /** What becomes of a tensor that gets another name. Nothing is copied: it is how the tensor is read. */
    public enum Cut {
        WHOLE,
        FIRST_THIRD,
        SECOND_THIRD,
        LAST_THIRD,
        /** A 1x1 convolution as a matrix. */
        MATRIX,
        TRANSPOSED;

        private StoredTensor of(StoredTensor tensor) {
            return switch (this) {
                case WHOLE -> tensor;
                case FIRST_THIRD -> tensor.rows(0, 3);
                case SECOND_THIRD -> tensor.rows(1, 3);
                case LAST_THIRD -> tensor.rows(2, 3);
                case MATRIX -> tensor.matrix();
                case TRANSPOSED -> tensor.transpose();
            };
        }
    }

    public Rename(String from, String to) {
        this(from, to, Cut.WHOLE);
    }

    /** The same for what lies inside other modules. */
    public Rename inside(String outerFrom, String outerTo) {
        return new Rename(outerFrom + "." + from, outerTo + "." + to, cut);
    }

    /** The new name of a tensor whose name begins with {@link #from}. */
    String apply(String name) {
        return to + name.substring(from.length());
    }

    StoredTensor cut(StoredTensor tensor) {
        return cut.of(tensor);
    }
}
