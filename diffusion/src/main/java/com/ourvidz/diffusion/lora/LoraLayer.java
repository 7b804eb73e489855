package com.ourvidz.diffusion.lora;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.lora.LoraPart.Named;
import com.ourvidz.diffusion.tensor.Scoped;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What a LoRA file has for one layer. */
final class LoraLayer {

    private final LoraFile file;
    private final Weights tensors;
    private final String layer; // its name in the file
    private final Optional<AdapterConfig> adapter;
    private final Map<LoraPart, String> names = new EnumMap<>(LoraPart.class);

    private LoraLayer(LoraFile file, Weights tensors, String layer, Optional<AdapterConfig> adapter) {
        this.file = file;
        this.tensors = tensors;
        this.layer = layer;
        this.adapter = adapter;
    }

    /**
     * The layers of a file, by their names in it.
     *
     * @param tensors of the file, as float32
     * @throws CheckpointException when a key is none of a LoRA, or a layer is incomplete
     */
    static Map<String, LoraLayer> all(LoraFile file, Weights tensors) {
        Optional<AdapterConfig> adapter = AdapterConfig.of(file.path());
        Map<String, LoraLayer> layers = new TreeMap<>();
        for (String tensor : tensors.names()) {
            Named named = LoraPart.of(file.path(), tensor);
            layers.computeIfAbsent(named.layer(), layer -> new LoraLayer(file, tensors, layer, adapter))
                    .put(named.part(), tensor);
        }
        layers.values().forEach(LoraLayer::requireComplete);
        return layers;
    }

    private void put(LoraPart part, String tensor) {
        String other = names.put(part, tensor);
        if (other != null) {
            throw invalid(tensor, "is there twice: the other is '" + other + "'");
        }
    }

    private void requireComplete() {
        if (!names.containsKey(LoraPart.DOWN) || !names.containsKey(LoraPart.UP)) {
            throw invalid(key(), "has no counterpart: a LoRA has two matrices for each layer");
        }
    }

    /** The key of one of its tensors, to name it by. */
    String key() {
        return names.values().iterator().next();
    }

    Path path() {
        return file.path();
    }

    /**
     * What it adds to the layer's weight: weight * alpha / rank * up * down, in float32.
     *
     * @param shape the weight's: (out, in), or (out, in, kernel, kernel)
     * @throws CheckpointException when its matrices do not fit
     */
    Tensor delta(long... shape) {
        List<Long> down = tensors.shape(name(LoraPart.DOWN));
        long rank = down.isEmpty() ? 0 : down.getFirst();
        requireShape(
                LoraPart.DOWN,
                Stream.concat(Stream.of(rank), boxed(shape).skip(1)).toList());
        requireShape(
                LoraPart.UP,
                Stream.concat(boxed(shape).limit(1), Stream.of(rank)).toList());
        Scalar scale = new Scalar(file.weight() * alpha(rank) / rank);
        return Scoped.result(() -> {
            Tensor product = torch.matmul(
                    read(LoraPart.UP).view(shape[0], rank), read(LoraPart.DOWN).view(rank, -1));
            return product.mul(scale).view(shape);
        });
    }

    private double alpha(long rank) {
        if (!names.containsKey(LoraPart.ALPHA)) {
            return adapter.map(config -> config.alpha(layer, rank))
                    .orElse(OptionalDouble.empty())
                    .orElse((double) rank);
        }
        Tensor alpha = read(LoraPart.ALPHA);
        if (alpha.numel() != 1 || !Double.isFinite(alpha.item_double())) {
            throw invalid(name(LoraPart.ALPHA), "is not one number");
        }
        return alpha.item_double();
    }

    private Tensor read(LoraPart part) {
        String name = name(part);
        long[] shape = tensors.shape(name).stream().mapToLong(Long::longValue).toArray();
        return tensors.get(name, shape).to(ScalarType.Float);
    }

    /** A linear layer and a 1x1 convolution are the same, and either may be stored as the other. */
    private void requireShape(LoraPart part, List<Long> expected) {
        List<Long> actual = tensors.shape(name(part));
        if (expected.contains(0L) || !asLinear(actual).equals(asLinear(expected))) {
            throw invalid(
                    name(part),
                    "has shape " + actual + ", which does not fit the checkpoint's layer: " + expected
                            + " is expected. Choose a LoRA for this kind of checkpoint");
        }
    }

    private static List<Long> asLinear(List<Long> shape) {
        int size = shape.size();
        while (size > 2 && shape.get(size - 1) == 1) {
            size--;
        }
        return shape.subList(0, size);
    }

    private String name(LoraPart part) {
        return names.getOrDefault(part, "");
    }

    private static Stream<Long> boxed(long... shape) {
        return Arrays.stream(shape).boxed();
    }

    private CheckpointException invalid(String key, String what) {
        return new CheckpointException(file.path() + ": the key '" + key + "' " + what + ".");
    }
}
