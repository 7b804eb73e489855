package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.tensor.Lasting;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * What {@link VaceConditioning} makes of a video of which no frame is known. It is the same for each such video of a size, and encoding it
 * takes a quarter of a short video's time: so it is kept for the sizes last made, a video's and a picture's.
 */
final class NothingKnown implements AutoCloseable {

    private static final int SIZES = 2;

    /** By the shape of the latents, the longest unused first. */
    private final Map<List<Long>, Lasting<Tensor>> kept = new LinkedHashMap<>(SIZES, 0.75f, true);

    /** What {@code maker} makes, or made for the same shape before; it belongs to this and not to the caller's scope. */
    Tensor latents(long[] latentShape, Supplier<Tensor> maker) {
        List<Long> shape = Arrays.stream(latentShape).boxed().toList();
        Lasting<Tensor> known = kept.get(shape);
        if (known == null) {
            makeRoom();
            known = Lasting.of(maker);
            kept.put(shape, known);
        }
        return known.value();
    }

    private void makeRoom() {
        Iterator<Lasting<Tensor>> longestUnused = kept.values().iterator();
        while (kept.size() >= SIZES && longestUnused.hasNext()) {
            longestUnused.next().close();
            longestUnused.remove();
        }
    }

    @Override
    public void close() {
        kept.values().forEach(Lasting::close);
        kept.clear();
    }
}
