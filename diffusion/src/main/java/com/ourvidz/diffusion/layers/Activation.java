package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The activation functions that checkpoints name in {@code act_fn} and {@code hidden_act}. */
public enum Activation implements Layer {
    SILU,
    RELU,
    GELU,
    /** GELU by its approximation with tanh. */
    GELU_TANH,
    QUICK_GELU,
    MISH;

    /**
     * The function that a setting names.
     *
     * @throws CheckpointException when the setting is missing or names another function
     */
    public static Activation of(Config config, String setting) {
        String name = config.text(setting);
        return switch (name) {
            case "silu", "swish" -> SILU;
            case "relu" -> RELU;
            case "gelu" -> GELU;
            case "gelu_new", "gelu_pytorch_tanh" -> GELU_TANH;
            case "quick_gelu" -> QUICK_GELU;
            case "mish" -> MISH;
            default -> throw config.invalid(setting, "is '" + name + "', an activation that is not supported");
        };
    }

    /** The same, written over {@code x}: at full resolution most of the time goes into fresh memory. */
    public Tensor overwrite(Tensor x) {
        // What these functions return must not be kept: in JavaCPP it is a pointer to x that does not own it.
        switch (this) {
            case SILU -> torch.silu_(x);
            case RELU -> torch.relu_(x);
            case GELU -> torch.gelu_(x);
            case GELU_TANH -> torch.gelu_(x, "tanh");
            case QUICK_GELU -> x.mul_(torch.sigmoid(x.mul(new Scalar(1.702))));
            case MISH -> torch.mish_(x);
        }
        return x;
    }

    @Override
    public Tensor forward(Tensor x) {
        return switch (this) {
            case SILU -> torch.silu(x);
            case RELU -> torch.relu(x);
            case GELU -> torch.gelu(x);
            case GELU_TANH -> torch.gelu(x, "tanh");
            case QUICK_GELU -> x.mul(torch.sigmoid(x.mul(new Scalar(1.702))));
            case MISH -> torch.mish(x);
        };
    }
}
