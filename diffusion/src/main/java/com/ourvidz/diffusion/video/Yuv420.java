package com.ourvidz.diffusion.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BITEXACT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;

/**
 * Pictures as H.264 takes them: brightness for every pixel and colour for every second one of every second row, by BT.709's matrix in its
 * limited range. Each frame says so, which is what an encoder's tags are taken from.
 */
final class Yuv420 implements AutoCloseable {

    private static final int CHANNELS = 3;

    private final AVFrame rgb;
    private final AVFrame yuv;
    private final SwsContext scaler;

    /** For pictures of one size, both sides even. */
    Yuv420(int width, int height) throws IOException {
        rgb = av_frame_alloc();
        yuv = av_frame_alloc();
        scaler = sws_alloc_context();
        try {
            allocate(rgb, width, height, AV_PIX_FMT_RGB24, AVCOL_SPC_RGB, AVCOL_RANGE_JPEG);
            allocate(yuv, width, height, AV_PIX_FMT_YUV420P, AVCOL_SPC_BT709, AVCOL_RANGE_MPEG);
            scaler.flags(SWS_BICUBIC | SWS_FULL_CHR_H_INP | SWS_ACCURATE_RND | SWS_BITEXACT);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void allocate(AVFrame frame, int width, int height, int format, int matrix, int range)
            throws IOException {
        Ffmpeg.check(frame, "make a frame");
        frame.width(width).height(height).format(format);
        frame.colorspace(matrix).color_range(range);
        frame.color_primaries(AVCOL_PRI_BT709).color_trc(AVCOL_TRC_BT709);
        Ffmpeg.check(av_frame_get_buffer(frame, 0), "get memory for a frame");
    }

    /** The frame of a picture; the next call overwrites it, or leaves it to who still refers to it. */
    AVFrame frame(RgbImage picture) throws IOException {
        copy(picture);
        Ffmpeg.check(av_frame_make_writable(yuv), "get memory for a frame");
        Ffmpeg.check(sws_scale_frame(scaler, yuv, rgb), "convert colours");
        return yuv;
    }

    private void copy(RgbImage picture) {
        int stride = CHANNELS * picture.width();
        BytePointer rows = rgb.data(0);
        for (int row = 0; row < picture.height(); row++) {
            rows.position((long) row * rgb.linesize(0)).put(picture.rgb(), row * stride, stride);
        }
    }

    @Override
    public void close() {
        sws_free_context(scaler);
        av_frame_free(yuv);
        av_frame_free(rgb);
    }
}
