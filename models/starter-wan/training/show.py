"""Makes samples.png with diffusers' own pipeline and times it: python show.py OUT.png [--frames 85] [--steps 3] [--half] CAPTION ...

`--first FILE` and `--last FILE` hold the first and the 83rd frame of each clip to a picture.
"""

import argparse
import time

import numpy as np
import torch
from diffusers import WanVACEPipeline
from PIL import Image

parser = argparse.ArgumentParser()
parser.add_argument("out")
parser.add_argument("captions", nargs="+")
parser.add_argument("--frames", type=int, default=85)
parser.add_argument("--steps", type=int, default=3)
parser.add_argument("--guidance", type=float, default=1.0)
parser.add_argument("--seed", type=int, default=7)
parser.add_argument("--scale", type=float, default=1.0)
parser.add_argument("--first")
parser.add_argument("--last")
parser.add_argument("--half", action="store_true", help="bfloat16")
parser.add_argument("--threads", type=int, default=2)
args = parser.parse_args()

torch.set_num_threads(args.threads)
pipeline = WanVACEPipeline.from_pretrained("..", torch_dtype=torch.bfloat16 if args.half else torch.float32)
pipeline.set_progress_bar_config(disable=True)
condition = {}
if args.first or args.last:
    video = [Image.new("RGB", (480, 832), (128, 128, 128))] * args.frames
    mask = [Image.new("L", (480, 832), 255)] * args.frames
    for file, at in ((args.first, 0), (args.last, args.frames - 3)):
        if file:
            video[at], mask[at] = Image.open(file).convert("RGB").resize((480, 832)), Image.new("L", (480, 832), 0)
    condition = {"video": video, "mask": mask, "conditioning_scale": args.scale}

rows = []
for caption in args.captions:
    began, cpu = time.time(), time.process_time()
    frames = pipeline(
        caption, height=832, width=480, num_frames=args.frames, num_inference_steps=args.steps, guidance_scale=args.guidance,
        generator=torch.Generator().manual_seed(args.seed), output_type="np", **condition,
    ).frames[0]
    print(f"{time.time() - began:.1f} s, {time.process_time() - cpu:.1f} s of processor: {caption}", flush=True)
    shown = frames[np.linspace(0, max(0, args.frames - 3), 6 if args.frames > 1 else 1).round().astype(int)]
    rows.append(np.concatenate([np.asarray(Image.fromarray((f * 255).round().astype(np.uint8)).reduce(3)) for f in shown], 1))
Image.fromarray(np.concatenate(rows, 0)).save(args.out)
