package com.ourvidz.diffusion.original;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Path;
import java.util.List;

/** Which model a single file is, told by the names and shapes of its tensors. */
public final class OriginalModel {

    public static final String UNET = "model.diffusion_model";
    public static final String VAE = "first_stage_model";
    public static final String TEXT_ENCODER = "conditioner.embedders.0.transformer";
    public static final String TEXT_ENCODER_2 = "conditioner.embedders.1.model";

    private static final String FIRST = UNET + ".input_blocks.0.0.weight";
    private static final int INPAINTING_CHANNELS = 9; // latents, the latents of what is kept, and the mask
    private static final String ADVICE =
            " Choose an SDXL base model, or one trained from it, with its text encoders and VAE in the file.";

    /** Tensors without meaning by which those who train with v-prediction, and with noise that leaves no signal, mark their files. */
    private static final String V_PREDICTION = "v_pred";

    private static final String ZERO_TERMINAL_SNR = "ztsnr";

    private OriginalModel() {}

    /**
     * Checks that a file holds an SDXL for text to image, with all its parts.
     *
     * @throws CheckpointException when it does not; the message says what it holds
     */
    public static void requireSdxl(Path file, Weights weights) {
        if (!weights.has(FIRST)) {
            throw refused(file, "holds no UNet under the original names ('" + FIRST + "')");
        }
        requireTextToImage(file, weights);
        requireXl(file, weights);
        for (String part : List.of(TEXT_ENCODER, TEXT_ENCODER_2, VAE)) {
            if (!weights.hasUnder(part)) {
                throw refused(file, "is not a whole SDXL: it holds nothing under '" + part + "'");
            }
        }
    }

    /** Whether the file says that it was trained to predict v, as common user interfaces understand it. */
    public static boolean predictsV(Weights weights) {
        return weights.has(V_PREDICTION);
    }

    /**
     * The scheduler's settings for a file that {@link #predictsV}. Where it was trained with noise that leaves no signal, sampling has to start
     * at the last timestep, which spacing from the end does (Lin et al. 2023).
     *
     * @param scheduler {@code scheduler_config.json} of a model that predicts the noise
     */
    public static Config withVPrediction(Config scheduler, Weights weights) {
        Config predictsV = scheduler.with("prediction_type", "v_prediction");
        return weights.has(ZERO_TERMINAL_SNR)
                ? predictsV.with("rescale_betas_zero_snr", true).with("timestep_spacing", "trailing")
                : predictsV;
    }

    private static void requireTextToImage(Path file, Weights weights) {
        List<Long> shape = weights.shape(FIRST);
        if (shape.size() == 4 && shape.get(1) == INPAINTING_CHANNELS) {
            throw refused(file, "is an inpainting model, whose UNet takes " + INPAINTING_CHANNELS + " channels");
        }
        if (weights.hasUnder("conditioner.embedders.0.model")) {
            throw refused(file, "is the SDXL refiner, which cannot be used alone");
        }
    }

    private static void requireXl(Path file, Weights weights) {
        if (weights.hasUnder("cond_stage_model.transformer")) {
            throw refused(file, "is a Stable Diffusion 1 checkpoint (1.5 or another), not SDXL");
        }
        if (weights.hasUnder("cond_stage_model.model")) {
            throw refused(file, "is a Stable Diffusion 2 checkpoint, not SDXL");
        }
        if (!weights.hasUnder(UNET + ".label_emb")) {
            throw refused(file, "is the UNet of Stable Diffusion 1 or 2, not of SDXL: it has no 'label_emb'");
        }
    }

    private static CheckpointException refused(Path file, String what) {
        return new CheckpointException(file + " " + what + "." + ADVICE);
    }
}
