package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Layers one after another. What is between two of them is freed as soon as the next is done. */
record CausalSequence(List<CausalLayer> layers) implements CausalLayer {

    CausalSequence {
        layers = List.copyOf(layers);
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        Tensor current = Scoped.result(() -> layers.getFirst().forward(x, cache));
        for (CausalLayer layer : layers.subList(1, layers.size())) {
            try (Tensor previous = current) {
                current = Scoped.result(() -> layer.forward(previous, cache));
            }
        }
        return current;
    }
}
