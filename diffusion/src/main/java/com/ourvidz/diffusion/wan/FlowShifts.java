package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.checkpoint.Config;

/** The same setting has two names in diffusers' schedulers: {@code flow_shift} in UniPC's, {@code shift} in Euler's for flows. */
final class FlowShifts {

    private static final String UNIPC = "flow_shift";
    private static final String EULER = "shift";

    private FlowShifts() {}

    /** Settings with both names where one is there, so that another sampler has the checkpoint's shift too. */
    static Config inBothNames(Config settings) {
        if (settings.has(UNIPC) && !settings.has(EULER)) {
            return settings.with(EULER, settings.number(UNIPC));
        }
        return settings.has(EULER) && !settings.has(UNIPC) ? settings.with(UNIPC, settings.number(EULER)) : settings;
    }
}
