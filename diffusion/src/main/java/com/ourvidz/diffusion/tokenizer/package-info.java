/**
 * Turns prompts into token ids, in the layouts in which checkpoints ship their tokenizers. It uses the checkpoint
 * package and the Hugging Face tokenizers that DJL binds.
 */
@NullMarked
package com.ourvidz.diffusion.tokenizer;

import org.jspecify.annotations.NullMarked;
