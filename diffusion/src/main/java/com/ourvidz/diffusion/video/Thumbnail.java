package com.ourvidz.diffusion.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/** Small pictures that stand for large ones. */
public final class Thumbnail {

    /** Of 100. */
    private static final int QUALITY = 80;

    static {
        Ffmpeg.quiet();
    }

    private Thumbnail() {}

    /**
     * A picture as a WebP file, made smaller when it is larger.
     *
     * @param longestEdge of the result, at most, in pixels
     * @param xmp what the file says of itself
     */
    public static byte[] webp(RgbImage picture, int longestEdge, String xmp) throws IOException {
        RgbImage small = picture.within(longestEdge);
        AVCodec codec = Ffmpeg.check(avcodec_find_encoder_by_name("libwebp"), "find its WebP encoder");
        AVCodecContext encoder = Ffmpeg.check(avcodec_alloc_context3(codec), "make an encoder");
        AVFrame frame = av_frame_alloc();
        try {
            fill(Ffmpeg.check(frame, "make a frame"), small);
            open(encoder, codec, small);
            return WebpXmp.with(encode(encoder, frame), small.width(), small.height(), xmp);
        } finally {
            av_frame_free(frame);
            avcodec_free_context(encoder);
        }
    }

    private static void open(AVCodecContext encoder, AVCodec codec, RgbImage picture) throws IOException {
        encoder.width(picture.width()).height(picture.height()).pix_fmt(AV_PIX_FMT_BGRA);
        encoder.time_base(new AVRational().num(1).den(1));
        encoder.flags(AV_CODEC_FLAG_QSCALE).global_quality(QUALITY * FF_QP2LAMBDA);
        Ffmpeg.check(avcodec_open2(encoder, codec, (AVDictionary) null), "open its WebP encoder");
    }

    private static void fill(AVFrame frame, RgbImage picture) throws IOException {
        frame.width(picture.width()).height(picture.height()).format(AV_PIX_FMT_BGRA);
        Ffmpeg.check(av_frame_get_buffer(frame, 0), "get memory for a frame");
        byte[] rgb = picture.rgb();
        byte[] row = new byte[4 * picture.width()];
        BytePointer rows = frame.data(0);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int pixel = 3 * (y * picture.width() + x);
                row[4 * x] = rgb[pixel + 2];
                row[4 * x + 1] = rgb[pixel + 1];
                row[4 * x + 2] = rgb[pixel];
                row[4 * x + 3] = -1; // opaque
            }
            rows.position((long) y * frame.linesize(0)).put(row, 0, row.length);
        }
    }

    private static byte[] encode(AVCodecContext encoder, AVFrame frame) throws IOException {
        AVPacket packet = Ffmpeg.check(av_packet_alloc(), "make a packet");
        try {
            Ffmpeg.check(avcodec_send_frame(encoder, frame), "encode a picture");
            Ffmpeg.check(avcodec_send_frame(encoder, null), "finish encoding");
            Ffmpeg.check(avcodec_receive_packet(encoder, packet), "encode a picture");
            byte[] file = new byte[packet.size()];
            packet.data().get(file);
            return file;
        } finally {
            av_packet_free(packet);
        }
    }
}
