package com.ourvidz.diffusion.lora;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.Map;

/** What a tensor of a LoRA file is for. Its name says so by its ending; what stands before is the layer's. */
enum LoraPart {
    /** From the layer's input to the few numbers between: (rank, in), or (rank, in, kernel, kernel). */
    DOWN,
    /** From these to the layer's output: (out, rank), or (out, rank, 1, 1). */
    UP,
    /** A scalar that is divided by the rank. */
    ALPHA;

    private static final Map<String, LoraPart> ENDINGS = Map.ofEntries(
            Map.entry(".lora_down.weight", DOWN), // kohya
            Map.entry(".lora_up.weight", UP),
            Map.entry(".alpha", ALPHA),
            Map.entry(".lora_A.weight", DOWN), // PEFT
            Map.entry(".lora_B.weight", UP),
            Map.entry(".lora.down.weight", DOWN), // diffusers before it used PEFT
            Map.entry(".lora.up.weight", UP),
            Map.entry(".lora_linear_layer.down.weight", DOWN),
            Map.entry(".lora_linear_layer.up.weight", UP),
            Map.entry("_lora.down.weight", DOWN),
            Map.entry("_lora.up.weight", UP));

    private static final Map<String, String> OTHER_KINDS = Map.of(
            ".dora_scale", "DoRA",
            ".lora_magnitude_vector", "DoRA",
            ".hada_", "LoHa",
            ".lokr_", "LoKr",
            ".lora_mid", "LoRA with a third factor",
            ".oft_", "OFT",
            ".diff", "whole differences");

    /** A tensor's part and its layer. */
    record Named(LoraPart part, String layer) {}

    /**
     * Reads a tensor's name.
     *
     * @throws CheckpointException when it is none of a LoRA
     */
    static Named of(Path file, String tensor) {
        return ENDINGS.entrySet().stream()
                .filter(ending -> tensor.endsWith(ending.getKey()))
                .map(ending -> new Named(
                        ending.getValue(),
                        tensor.substring(0, tensor.length() - ending.getKey().length())))
                .findFirst()
                .orElseThrow(() -> unknown(file, tensor));
    }

    private static CheckpointException unknown(Path file, String tensor) {
        String reason = OTHER_KINDS.entrySet().stream()
                .filter(kind -> tensor.contains(kind.getKey()))
                .map(kind -> "belongs to " + kind.getValue() + ", which is not supported")
                .findFirst()
                .orElse("is not known in a LoRA");
        return new CheckpointException(
                file + ": the key '" + tensor + "' " + reason + ". Choose a LoRA in kohya's or diffusers' format.");
    }
}
