package com.ourvidz.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.sdxl.Options;
import com.ourvidz.diffusion.sdxl.SdxlPipeline;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.tensor.UsedMemory;
import com.ourvidz.diffusion.wan.WanPipeline;
import com.ourvidz.worker.LoadedModels.Model;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Real checkpoints in the process's real memory. */
class LoadedModelsTest {

    private static final Path SDXL = Path.of("../models/starter-sdxl");
    private static final Path WAN = Path.of("../diffusion/src/test/resources/reference/quick-wan-vace");
    private static final Retries RETRIES = new Retries(duration -> {}, new Random(7));

    private final Model<SdxlPipeline> pictures = sdxl("pictures");
    private final Model<SdxlPipeline> others = sdxl("others");
    private final Model<WanPipeline> videos = new Model<>(
            "videos",
            WAN,
            () -> WanPipeline.load(WAN, com.ourvidz.diffusion.wan.Options.defaults()),
            WanPipeline::close);

    @Test
    void theLongestUnusedIsFreedWhereTheBudgetHasNoRoomAndLoadedAgainWhenItIsNeeded() throws Exception {
        var empty = UsedMemory.bytes();
        var size = models(Long.MAX_VALUE).use(sdxl("measured"), model -> UsedMemory.bytes() - empty);
        var models = models(size * 3 / 2);

        models.load(pictures);
        models.load(videos); // small: it fits beside
        assertThat(pictures.isLoaded()).isTrue();
        models.load(others);
        assertThat(pictures.isLoaded()).isFalse();
        assertThat(videos.isLoaded()).isTrue();
        assertThat(others.isLoaded()).isTrue();
        assertThat(UsedMemory.bytes() - empty).isLessThan(size * 5 / 2); // the measured one and the other one

        models.use(pictures, SdxlPipeline::defaultSize);
        assertThat(others.isLoaded()).isFalse();
    }

    @Test
    void whatIsUsedAgainIsNotTheLongestUnused() throws Exception {
        var empty = UsedMemory.bytes();
        var size = models(Long.MAX_VALUE).use(sdxl("measured"), model -> UsedMemory.bytes() - empty);
        var third = sdxl("third");
        var models = models(size * 5 / 2);
        models.load(pictures);
        models.load(others);
        models.use(pictures, SdxlPipeline::defaultSize);
        models.load(third);
        assertThat(pictures.isLoaded()).isTrue();
        assertThat(others.isLoaded()).isFalse();
        assertThat(third.isLoaded()).isTrue();
    }

    @Test
    void aModelInUseIsNotFreed() throws Exception {
        var models = models(1);
        models.use(pictures, outer -> {
            models.use(videos, inner -> inner.takesReferences());
            assertThat(pictures.isLoaded()).isTrue();
            return outer.defaultSize();
        });
        models.load(others);
        assertThat(pictures.isLoaded()).isFalse();
        assertThat(videos.isLoaded()).isFalse();
    }

    @Test
    void aModelThatCannotBeLoadedIsTriedThreeTimesAndTheOthersStay() throws Exception {
        var models = models(Long.MAX_VALUE);
        models.load(videos);
        var tries = new AtomicInteger();
        var broken = new Model<WanPipeline>(
                "broken",
                WAN,
                () -> {
                    tries.incrementAndGet();
                    throw new CheckpointException("The file is damaged.");
                },
                WanPipeline::close);
        assertThatThrownBy(() -> models.load(broken)).isInstanceOf(CheckpointException.class);
        assertThat(tries).hasValue(3);
        assertThat(videos.isLoaded()).isTrue();
        assertThat(broken.isLoaded()).isFalse();
    }

    private static LoadedModels models(long budget) {
        return new LoadedModels(new ModelMemory(budget, Device.CPU), RETRIES);
    }

    private static Model<SdxlPipeline> sdxl(String name) {
        return new Model<>(name, SDXL, () -> SdxlPipeline.load(SDXL, Options.defaults()), SdxlPipeline::close);
    }
}
