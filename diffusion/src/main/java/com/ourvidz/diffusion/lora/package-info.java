/**
 * LoRA (Hu et al. 2021): files of small matrices whose products are added to a checkpoint's weights while it is read. It uses {@code
 * checkpoint} and {@code tensor}; it knows the names of SDXL's layers, and no model.
 */
@NullMarked
package com.ourvidz.diffusion.lora;

import org.jspecify.annotations.NullMarked;
