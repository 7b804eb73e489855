/**
 * Samplers: how many steps, at which noise levels, and what a step does with the UNet's word. It uses {@code checkpoint} for the settings in
 * {@code scheduler_config.json} and {@code tensor}; it knows no model.
 */
@NullMarked
package com.ourvidz.diffusion.scheduler;

import org.jspecify.annotations.NullMarked;
