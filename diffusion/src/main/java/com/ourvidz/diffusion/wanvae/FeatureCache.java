package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.tensor.Lasting;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What the causal layers remember of the groups before, for one video on its way: each the last frames that it has seen. With it a video goes
 * through a group of frames at a time and comes out as if it had gone through at once.
 */
final class FeatureCache implements AutoCloseable {

    private final Map<CausalLayer, Lasting<Tensor>> lastFrames = new HashMap<>();
    private boolean firstGroup = true;

    /** Whether the group on its way is the first: that is one frame, and stays one. */
    boolean isFirstGroup() {
        return firstGroup;
    }

    void groupDone() {
        firstGroup = false;
    }

    /** What {@link #keep} kept for the layer; nothing before it did. */
    Optional<Tensor> last(CausalLayer layer) {
        return Optional.ofNullable(lastFrames.get(layer)).map(Lasting::value);
    }

    /** Keeps a copy of the last {@code count} frames of {@code x} in place of those before. */
    void keep(CausalLayer layer, Tensor x, long count) {
        Lasting<Tensor> last = Lasting.of(() -> {
            try (Tensor frames = x.narrow(0, x.size(0) - count, count)) {
                return frames.clone();
            }
        });
        Optional.ofNullable(lastFrames.put(layer, last)).ifPresent(Lasting::close);
    }

    @Override
    public void close() {
        lastFrames.values().forEach(Lasting::close);
        lastFrames.clear();
    }
}
