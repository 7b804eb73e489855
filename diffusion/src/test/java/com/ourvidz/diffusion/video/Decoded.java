package com.ourvidz.diffusion.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * A frame as a player shows it, and when: the colours are computed here, by BT.709's own numbers, so that they check the writer's.
 *
 * @param seconds from the start
 */
record Decoded(RgbImage picture, double seconds, int matrix, int range, boolean key) {

    private static final double RED = 0.2126;
    private static final double BLUE = 0.0722;

    static List<Decoded> all(Path file) throws IOException {
        AVFormatContext container = new AVFormatContext(null);
        AVPacket packet = av_packet_alloc();
        AVFrame frame = av_frame_alloc();
        List<Decoded> frames = new ArrayList<>();
        try (BytePointer url = Ffmpeg.url(file)) {
            Ffmpeg.check(avformat_open_input(container, url, null, (AVDictionary) null), "open");
            Ffmpeg.check(avformat_find_stream_info(container, (AVDictionary) null), "read");
            AVCodecContext decoder = decoder(container);
            int read = av_read_frame(container, packet);
            for (; read >= 0; read = av_read_frame(container, packet)) {
                Ffmpeg.check(avcodec_send_packet(decoder, packet), "decode");
                av_packet_unref(packet);
                receive(decoder, frame, container, frames);
            }
            Ffmpeg.check(avcodec_send_packet(decoder, null), "finish");
            receive(decoder, frame, container, frames);
            avcodec_free_context(decoder);
        } finally {
            av_frame_free(frame);
            av_packet_free(packet);
            avformat_close_input(container);
        }
        return frames;
    }

    private static AVCodecContext decoder(AVFormatContext container) throws IOException {
        var parameters = container.streams(0).codecpar();
        var codec = avcodec_find_decoder(parameters.codec_id());
        AVCodecContext decoder = avcodec_alloc_context3(codec);
        Ffmpeg.check(avcodec_parameters_to_context(decoder, parameters), "set up");
        decoder.thread_count(1);
        Ffmpeg.check(avcodec_open2(decoder, codec, (AVDictionary) null), "open");
        return decoder;
    }

    private static void receive(
            AVCodecContext decoder, AVFrame frame, AVFormatContext container, List<Decoded> frames) {
        while (avcodec_receive_frame(decoder, frame) >= 0) {
            var tick = container.streams(0).time_base();
            double seconds = (double) frame.pts() * tick.num() / tick.den();
            boolean key = (frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0;
            frames.add(new Decoded(rgb(frame), seconds, frame.colorspace(), frame.color_range(), key));
        }
    }

    private static RgbImage rgb(AVFrame frame) {
        byte[] rgb = new byte[3 * frame.width() * frame.height()];
        for (int plane = 0, y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++, plane += 3) {
                double luma = (level(frame, 0, x, y) - 16) / 219.0;
                double blue = luma + 2 * (1 - BLUE) * (level(frame, 1, x / 2, y / 2) - 128) / 224.0;
                double red = luma + 2 * (1 - RED) * (level(frame, 2, x / 2, y / 2) - 128) / 224.0;
                double green = (luma - RED * red - BLUE * blue) / (1 - RED - BLUE);
                rgb[plane] = level(red);
                rgb[plane + 1] = level(green);
                rgb[plane + 2] = level(blue);
            }
        }
        return new RgbImage(frame.width(), frame.height(), rgb);
    }

    private static int level(AVFrame frame, int plane, int x, int y) {
        return frame.data(plane).get((long) y * frame.linesize(plane) + x) & 0xff;
    }

    private static byte level(double value) {
        return (byte) Math.clamp(Math.round(255 * value), 0, 255);
    }
}
