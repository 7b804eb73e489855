"""Builds the autoencoder and trains its decoder: python autoencoder.py LATENTS.pt MINUTES [more]

The encoder is written down, not learnt (see latents.py). The decoder starts as a smooth enlargement of the thumbnail and learns
to sharpen it. With `more` it goes on from ../vae.
"""

import copy
import math
import random
import sys
import time

import numpy as np
import torch
from diffusers import AutoencoderKLWan
from diffusers.models.autoencoders.autoencoder_kl_wan import WanAttentionBlock, WanResidualBlock, WanResample

from latents import CHANNELS, COLOR, EARLIER, MARK, add_marks, encode
from scenes import FRAMES, HEIGHT, WIDTH, all_specs, draw, subject_box

FOLDER = "../vae"
LOUD = 24.0  # a constant channel, so loud that the RMS norms divide by nearly a constant


def centre(conv, pairs):
    """Sets a convolution to zero but for `pairs` of (out, in, weight) at its centre (of the last frame)."""
    conv.weight.zero_()
    conv.bias.zero_()
    for out, into, weight in pairs:
        if conv.weight.dim() == 5:
            conv.weight[out, into, -1, conv.weight.shape[3] // 2, conv.weight.shape[4] // 2] = weight
        else:
            conv.weight[out, into, 1, 1] = weight


def silence(net):
    """Residual branches that add nothing."""
    for module in net.modules():
        if isinstance(module, WanResidualBlock):
            centre(module.conv1, [])
            centre(module.conv2, [])
            if module.in_dim != module.out_dim:
                centre(module.conv_shortcut, [(k, k, 1) for k in range(module.in_dim)])
        elif isinstance(module, WanAttentionBlock):
            module.proj.weight.zero_()
            module.proj.bias.zero_()


def write_encoder(encoder, std):
    """Means of 2x2 pixels four times over, means of two frames twice; at the last halving both signs of each channel."""
    silence(encoder)
    centre(encoder.conv_in, [(k, k, 1) for k in range(3)])
    downs = [m for m in encoder.modules() if isinstance(m, WanResample)]
    for down in downs:
        convolution = down.resample[1]
        convolution.weight.zero_()
        convolution.bias.zero_()
        for k in range(3):
            convolution.weight[k, k, :2, :2] = 0.25
        if down.mode == "downsample3d":
            channels = range(down.dim)
            centre(down.time_conv, [(k, k, 1 - EARLIER) for k in channels])
            for k in channels:
                down.time_conv.weight[k, k, 1] = EARLIER
    last = downs[-1].resample[1]
    last.weight.zero_()
    for k, sign in ((0, 1), (4, -1)):
        last.weight[k:k + 3, :3, :2, :2] = sign * COLOR[:, :, None, None] / 4
        last.weight[k + 3, :3, :2, 0] = -sign * COLOR[0, :, None] / 2
        last.weight[k + 3, :3, :2, 1] = sign * COLOR[0, :, None] / 2
    last.bias[8] = LOUD
    # silu(u) - silu(-u) = u: the two signs of a channel pass through norm and activation unchanged
    encoder.norm_out.gamma.fill_(LOUD / math.sqrt(encoder.norm_out.gamma.numel()))
    centre(encoder.conv_out, [(k, k, 1) for k in range(4)] + [(k, k + 4, -1) for k in range(4)])
    encoder.conv_out.bias[4:] = -12  # the variance of the posterior: nothing
    write_marks(encoder.conv_out.weight[3, 8], MARK * std / LOUD)


def write_marks(taps, height):
    """Differences of the constant channel that cancel but where two borders meet (the padding is zero there)."""
    for y, sign in ((0, 1), (2, -1)):  # top left, bottom left
        taps[2, y, 0] += sign * height
        taps[2, y, 1] -= sign * height
        taps[2, 1, 0] -= sign * height
        taps[2, 1, 1] += sign * height
    taps[1, 1, 2] += height  # right column of the first frame
    taps[1, 1, 1] -= height
    taps[2, 1, 2] -= height
    taps[2, 1, 1] += height


def start_decoder(decoder):
    for module in decoder.modules():
        if isinstance(module, WanResidualBlock):
            for conv, gain in ((module.conv1, 1), (module.conv2, 0.03)):
                torch.nn.init.kaiming_normal_(conv.weight, nonlinearity="relu")
                conv.weight.mul_(gain)
                conv.bias.zero_()
            if module.in_dim != module.out_dim:
                for k in range(module.in_dim):
                    module.conv_shortcut.weight[k] = 0
                    module.conv_shortcut.weight[k, k] = 1
                module.conv_shortcut.bias.zero_()
        elif isinstance(module, WanAttentionBlock):
            module.proj.weight.zero_()
            module.proj.bias.zero_()
        elif isinstance(module, WanResample):
            smooth = torch.tensor([0.25, 0.5, 0.25])
            convolution = module.resample[1]
            convolution.weight.mul_(0.02)
            convolution.bias.zero_()
            for k in range(convolution.out_channels):
                convolution.weight[k, k] += smooth[:, None] * smooth
            if module.mode == "upsample3d":
                module.time_conv.weight.mul_(0.02)
                module.time_conv.bias.zero_()
                for k in range(2 * module.dim):
                    module.time_conv.weight[k, k % module.dim, 2] += 1
    to_rgb = torch.linalg.inv(COLOR)
    decoder.conv_in.weight[:3].zero_()
    decoder.conv_in.weight[:3, :3, 2, 1, 1] = to_rgb
    loud = 6.0
    shortcut = decoder.up_blocks[-1].resnets[0].conv_shortcut
    for k in range(3):
        shortcut.weight[3 + k] = -shortcut.weight[k]
    shortcut.weight[6].zero_()
    shortcut.bias[6] = loud
    decoder.norm_out.gamma.fill_(loud / math.sqrt(decoder.norm_out.gamma.numel()))
    centre(decoder.conv_out, [(k, k, 1) for k in range(3)] + [(k, k + 3, -1) for k in range(3)])


def build(mean, std):
    vae = AutoencoderKLWan(
        base_dim=4, decoder_base_dim=8, z_dim=CHANNELS, dim_mult=[1, 1, 2, 4, 4], num_res_blocks=1,
        temperal_downsample=[False, False, True, True], latents_mean=mean.tolist(), latents_std=std.tolist(),
        scale_factor_spatial=16,
    )
    with torch.no_grad():
        write_encoder(vae.encoder, std[3].item())
        start_decoder(vae.decoder)
        for conv in (vae.quant_conv, vae.post_quant_conv):
            centre(conv, [(k, k, 1) for k in range(conv.out_channels)])
    return vae


def decode(vae, z):
    """As AutoencoderKLWan decodes, without its clamp, which would stop the gradient."""
    vae.clear_cache()
    z, frames = vae.post_quant_conv(z), []
    for k in range(z.shape[2]):
        vae._conv_idx = [0]
        frames.append(vae.decoder(z[:, :, k:k + 1], feat_cache=vae._feat_map, feat_idx=vae._conv_idx, first_chunk=k == 0))
    vae.clear_cache()
    return torch.cat(frames, 2)


def draw_clip(std):
    """A few frames of a clip at a random moment: pixels (3, frames, 832, 480) as bytes, latents, and the subject."""
    spec, length = random.choice(all_specs()), 1 + 4 * GROUPS
    start = random.choice((0, random.randrange(FRAMES - length + 1)))
    pixels = torch.from_numpy(np.stack([np.asarray(draw(spec, start + k)) for k in range(length)])).permute(3, 0, 1, 2)
    return pixels, add_marks(encode(pixels.float() / 127.5 - 1), MARK * std), spec["subject"]


def patch(clip):
    """A cut-out, mostly around the subject, its latents, and where the loss counts: away from cuts."""
    pixels, latents, subject = clip
    top, bottom, left, right = subject_box(subject) if random.random() < 0.7 else (0, HEIGHT, 0, WIDTH)
    y = min(max(0, random.randint(top, bottom) // 16 - SIDE // 2), HEIGHT // 16 - SIDE)
    x = min(max(0, random.randint(left, right) // 16 - SIDE // 2), WIDTH // 16 - SIDE)
    mask = torch.zeros(1, 1, SIDE * 16, SIDE * 16)
    inside = [slice(0 if low == 0 else 20, None if low == whole - SIDE else -20) for low, whole in ((y, 52), (x, 30))]
    mask[:, :, inside[0], inside[1]] = 1
    cut = pixels[:, :, y * 16:(y + SIDE) * 16, x * 16:(x + SIDE) * 16].float() / 127.5 - 1
    return cut, latents[:, :, y:y + SIDE, x:x + SIDE], mask


def train(vae, minutes, std, peak=4e-4):
    vae.encoder.requires_grad_(False)
    for name, parameter in vae.decoder.named_parameters():
        parameter.requires_grad_("attentions" not in name)  # it would see a cut-out here, and the whole picture later
    trained = [p for p in vae.decoder.parameters() if p.requires_grad]
    averaged = copy.deepcopy(vae)
    target = [p for p in averaged.decoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=peak, weight_decay=1e-4, betas=(0.9, 0.99))
    clips = [draw_clip(std) for _ in range(24)]
    started, saved, step, average = time.time(), time.time(), 0, None
    while (done := (time.time() - started) / (60 * minutes)) < 1:
        optimizer.param_groups[0]["lr"] = peak * min(1, (step + 1) / 50) * (0.485 * (1 + math.cos(math.pi * done)) + 0.03)
        if step % 4 == 3:
            clips[random.randrange(len(clips))] = draw_clip(std)
        x, z, mask = (torch.stack(part) for part in zip(*(patch(random.choice(clips)) for _ in range(BATCH))))
        with torch.autocast("cpu", torch.bfloat16, enabled=BFLOAT):
            y = decode(vae, z + random.random() * 0.06 * SPREAD * torch.randn_like(z))
        error = (y.float() - x) * mask
        gradients = error[..., 1:] - error[..., :-1], error[..., 1:, :] - error[..., :-1, :], error[:, :, 1:] - error[:, :, :-1]
        loss = (error.abs().sum() + 0.5 * sum(g.abs().sum() for g in gradients)) / mask.sum() / 3 / x.shape[2]
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(target, trained, 1 - min(0.995, (1 + step) / (10 + step)))
        average = loss.item() if average is None else 0.97 * average + 0.03 * loss.item()
        if step % 20 == 0:
            print(f"step {step}  {done:.1%}  {time.time() - started:.0f} s  loss {average:.4f}", flush=True)
        if time.time() - saved > 150:
            averaged.save_pretrained(FOLDER)
            saved = time.time()
        step += 1
    averaged.half().save_pretrained(FOLDER)


if __name__ == "__main__":
    GROUPS, SIDE, BATCH, BFLOAT = 2, 8, 1, True
    torch.set_num_threads(1)
    data = torch.load(sys.argv[1])
    SPREAD = data["std"].view(1, 4, 1, 1, 1)
    more = "more" in sys.argv[3:]
    vae = AutoencoderKLWan.from_pretrained(FOLDER).float() if more else build(data["mean"], data["std"])
    vae.save_pretrained(FOLDER)
    train(vae, float(sys.argv[2]), data["std"][3].item(), 2e-4 if more else 4e-4)
