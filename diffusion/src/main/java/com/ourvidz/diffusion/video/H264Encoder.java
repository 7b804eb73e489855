package com.ourvidz.diffusion.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_H264_HIGH;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;

import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * H.264 at one quality throughout, every frame made from those before it. The graphics card encodes where it can, OpenH264 where not; each
 * gives the same bytes for the same frames.
 */
final class H264Encoder implements AutoCloseable {

    /** Where the frames go, in the order they were sent. */
    interface Packets {
        void take(AVPacket packet) throws IOException;
    }

    /** A frame that stands alone every three seconds, at which a player can start. */
    private static final int FRAMES_A_KEY_FRAME = 50;

    static {
        Ffmpeg.quiet();
    }

    private final Yuv420 pictures;
    private final AVPacket packet;
    private final AVCodecContext context;

    /**
     * @param quantizer H.264's QP, 0 to 51; six more are about half the bytes
     * @throws IOException when there is no encoder for such frames
     */
    H264Encoder(int width, int height, FrameRate rate, int quantizer) throws IOException {
        pictures = new Yuv420(width, height);
        packet = av_packet_alloc();
        try {
            Ffmpeg.check(packet, "make a packet");
            context = opened(width, height, rate, quantizer);
        } catch (IOException | RuntimeException e) {
            av_packet_free(packet);
            pictures.close();
            throw e;
        }
    }

    private static AVCodecContext opened(int width, int height, FrameRate rate, int quantizer) throws IOException {
        String qp = Integer.toString(quantizer);
        return open("h264_nvenc", Map.of("rc", "constqp", "qp", qp, "preset", "p6"), width, height, rate)
                .or(() -> open("libopenh264", Map.of("qmin", qp, "qmax", qp), width, height, rate))
                .orElseThrow(() -> new IOException("No H.264 encoder takes frames of " + width + "x" + height));
    }

    private static Optional<AVCodecContext> open(
            String name, Map<String, String> options, int width, int height, FrameRate rate) {
        AVCodec codec = avcodec_find_encoder_by_name(name);
        AVCodecContext context = codec == null ? null : context(codec, width, height, rate);
        if (context == null) {
            return Optional.empty();
        }
        AVDictionary dictionary = Ffmpeg.dictionary(options);
        int result = avcodec_open2(context, codec, dictionary);
        av_dict_free(dictionary);
        if (result < 0) {
            avcodec_free_context(context);
            return Optional.empty();
        }
        return Optional.of(context);
    }

    private static @Nullable AVCodecContext context(AVCodec codec, int width, int height, FrameRate rate) {
        AVCodecContext context = avcodec_alloc_context3(codec);
        if (context == null) {
            return null;
        }
        try (AVRational frames = rational(rate.numerator(), rate.denominator());
                AVRational tick = rational(rate.denominator(), rate.numerator());
                AVRational square = rational(1, 1)) {
            context.framerate(frames).time_base(tick).sample_aspect_ratio(square);
        }
        context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P).profile(AV_PROFILE_H264_HIGH);
        context.colorspace(AVCOL_SPC_BT709).color_range(AVCOL_RANGE_MPEG);
        context.color_primaries(AVCOL_PRI_BT709).color_trc(AVCOL_TRC_BT709);
        context.gop_size(FRAMES_A_KEY_FRAME).max_b_frames(0);
        context.thread_count(1); // the bytes may depend on it
        return context.flags(AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT);
    }

    private static AVRational rational(int numerator, int denominator) {
        return new AVRational().num(numerator).den(denominator);
    }

    /** The settings that a container has to know; its clock ticks once a frame. */
    AVCodecContext context() {
        return context;
    }

    /** Encodes a picture, of the size given at the start. */
    void encode(RgbImage picture, int index, Packets packets) throws IOException {
        AVFrame frame = pictures.frame(picture);
        frame.pts(index).duration(1);
        Ffmpeg.check(avcodec_send_frame(context, frame), "encode frame " + index);
        drain(packets);
    }

    /** Gives out what was held back. Nothing can be encoded afterwards. */
    void finish(Packets packets) throws IOException {
        Ffmpeg.check(avcodec_send_frame(context, null), "finish encoding");
        drain(packets);
    }

    private void drain(Packets packets) throws IOException {
        int result = avcodec_receive_packet(context, packet);
        while (result >= 0) {
            packets.take(packet);
            av_packet_unref(packet);
            result = avcodec_receive_packet(context, packet);
        }
        if (result != AVERROR_EOF && result != AVERROR_EAGAIN()) {
            Ffmpeg.check(result, "encode");
        }
    }

    @Override
    public void close() {
        avcodec_free_context(context);
        av_packet_free(packet);
        pictures.close();
    }
}
