package com.ourvidz.diffusion.clip;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Token ids to (1, tokens, hidden): what the token is and where it stands. */
final class ClipEmbeddings {

    private final Tensor tokenEmbedding; // (vocabulary, hidden)
    private final Tensor positionEmbedding; // (positions, hidden)

    ClipEmbeddings(ClipConfig config, Weights weights) {
        this.tokenEmbedding = weights.get("token_embedding.weight", config.vocabulary(), config.hiddenSize());
        this.positionEmbedding = weights.get("position_embedding.weight", config.positions(), config.hiddenSize());
    }

    Tensor forward(long[] ids) {
        Tensor onDevice = Tensor.create(ids).to(tokenEmbedding.device(), ScalarType.Long);
        Tensor tokens = torch.embedding(tokenEmbedding, onDevice.unsqueeze(0)); // (1, tokens, hidden)
        return tokens.add_(positionEmbedding.narrow(0, 0, ids.length));
    }
}
