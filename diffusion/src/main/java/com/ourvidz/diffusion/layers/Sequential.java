package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Layers one after another. What is between two of them is freed as soon as the next is done: at full resolution it is large. */
public record Sequential(List<Layer> layers) implements Layer {

    public Sequential {
        layers = List.copyOf(layers);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor current = Scoped.result(() -> layers.getFirst().forward(x));
        for (Layer layer : layers.subList(1, layers.size())) {
            try (Tensor previous = current) {
                current = Scoped.result(() -> layer.forward(previous));
            }
        }
        return current;
    }
}
