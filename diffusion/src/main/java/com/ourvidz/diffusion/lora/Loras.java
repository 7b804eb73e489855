package com.ourvidz.diffusion.lora;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Deltas;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * LoRAs while a checkpoint is read. Give each component's weights to {@link #mergeInto}, read the model from what it returns, and ask with
 * {@link #requireAllUsed} at the end whether the LoRAs were for this model.
 */
public final class Loras implements AutoCloseable {

    private static final String WEIGHT = ".weight";

    private final List<Weights> files = new ArrayList<>();
    private final List<Map<String, LoraLayer>> layers = new ArrayList<>(); // by the names in each file
    private final Set<LoraLayer> used = new HashSet<>();

    private Loras() {}

    /**
     * Opens files in kohya's or diffusers' naming.
     *
     * @throws CheckpointException when one is missing, damaged or no LoRA; the message names the file and the key
     */
    public static Loras open(List<LoraFile> loras) {
        Loras opened = new Loras();
        try {
            loras.forEach(opened::add);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void add(LoraFile lora) {
        Weights tensors = Weights.open(lora.path(), ScalarType.Float);
        files.add(tensors);
        layers.add(LoraLayer.all(lora, tensors));
    }

    /**
     * The weights with the LoRAs in them: to each tensor is added, as it is read, weight * alpha / rank * up * down of every LoRA.
     *
     * @param component the folder's name in the diffusers layout; another than the UNet's and the text encoders' stays as it is
     * @param weights of the whole component
     */
    public Weights mergeInto(String component, Weights weights) {
        return files.isEmpty() || !LayerNames.isKnown(component)
                ? weights
                : weights.plus(new Merged(fitting(component, weights.names())));
    }

    private Map<String, List<LoraLayer>> fitting(String component, Set<String> tensors) {
        LayerNames names = new LayerNames(component, tensors);
        Map<String, List<LoraLayer>> fitting = new HashMap<>();
        for (String tensor : tensors) {
            if (tensor.endsWith(WEIGHT)) {
                List<LoraLayer> found = find(names.of(tensor.substring(0, tensor.length() - WEIGHT.length())));
                if (!found.isEmpty()) {
                    fitting.put(tensor, found);
                }
            }
        }
        return fitting;
    }

    private List<LoraLayer> find(Set<String> names) {
        return layers.stream()
                .flatMap(file -> names.stream().filter(file::containsKey).map(file::get))
                .toList();
    }

    /**
     * To be asked when all components have been read.
     *
     * @throws CheckpointException when a LoRA has a layer that none of them has
     */
    public void requireAllUsed() {
        for (Map<String, LoraLayer> file : layers) {
            List<LoraLayer> unused = file.values().stream()
                    .filter(layer -> !used.contains(layer))
                    .toList();
            if (!unused.isEmpty()) {
                throw unknown(unused, file.size());
            }
        }
    }

    private static CheckpointException unknown(List<LoraLayer> unused, int all) {
        LoraLayer first = unused.getFirst();
        return new CheckpointException(first.path() + ": the checkpoint has no layer for the key '" + first.key()
                + "' (" + unused.size() + " of " + all + " layers fit nothing). Choose a LoRA that was made for SDXL.");
    }

    @Override
    public void close() {
        files.forEach(Weights::close);
    }

    /** The layers to add, by the checkpoint's tensors. */
    private final class Merged implements Deltas {

        private final Map<String, List<LoraLayer>> byTensor;

        Merged(Map<String, List<LoraLayer>> byTensor) {
            this.byTensor = byTensor;
        }

        @Override
        public boolean has(String tensor) {
            return byTensor.containsKey(tensor);
        }

        @Override
        public Tensor of(String tensor, long... shape) {
            List<LoraLayer> added = byTensor.getOrDefault(tensor, List.of());
            used.addAll(added);
            return Scoped.result(() -> added.stream()
                    .map(layer -> layer.delta(shape))
                    .reduce(Tensor::add)
                    .orElseThrow());
        }
    }
}
