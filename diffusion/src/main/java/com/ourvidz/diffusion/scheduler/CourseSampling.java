package com.ourvidz.diffusion.scheduler;

import java.util.List;

/** A way from noise level to noise level. */
interface CourseSampling extends Sampling {

    Course course();

    @Override
    default List<Float> timesteps() {
        return course().timesteps();
    }
}
