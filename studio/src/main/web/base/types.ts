/** What the API says, in its own names. Times are ISO-8601. */

export type Status = 'queued' | 'processing' | 'completed' | 'failed';

export interface JobMetadata {
  prompt?: string;
  negative_prompt?: string;
  seed?: number;
  seeds?: number[];
  num_images?: number;
  steps?: number;
  guidance_scale?: number;
  model?: string;
  generation_time?: number;
  enhanced_prompt?: string;
  enhanced_by?: string;
  reference_applied?: boolean;
  reference_image_url?: string;
  start_reference_image_url?: string;
  end_reference_image_url?: string;
  reference_strength?: number;
  reference_type?: ReferenceType;
  regenerated_from?: string;
  cancelled?: boolean;
  [field: string]: unknown;
}

export interface Job {
  id: string;
  user_id: string;
  job_type: string;
  status: Status;
  created_at: string;
  started_at?: string;
  completed_at?: string;
  /** 0 to 100. */
  progress?: number;
  stage?: string;
  /** From 1, while it waits. */
  queue_position?: number;
  eta_seconds?: number;
  attempt: number;
  /** Where a small picture of what is being made is, while there is one. */
  preview?: string;
  /** URLs that open as they are. */
  assets: string[];
  /** One for each asset; null where there is none. */
  thumbnails: (string | null)[];
  error_message?: string;
  metadata: JobMetadata;
  project_id?: string;
}

export interface JobPage {
  jobs: Job[];
  next_cursor?: string;
}

export interface Accepted {
  success: true;
  job: Job;
  message: string;
  queueLength: number;
  warnings: string[];
}

export type Kind = 'image' | 'video';

export interface Asset {
  id: string;
  job_id: string;
  job_type: string;
  project_id?: string;
  kind: Kind;
  /** Signed; with `&download=1` a browser saves it. */
  url: string;
  thumbnail_url?: string;
  media_type: string;
  /** Its place in the job, from 0. */
  index: number;
  seed: number;
  prompt: string;
  bytes: number;
  width: number;
  height: number;
  /** Of a video, in seconds. */
  duration?: number;
  favourite: boolean;
  created_at: string;
}

export interface AssetPage {
  assets: Asset[];
  next_cursor?: string;
}

export interface Reference {
  id: string;
  url: string;
  thumbnail_url: string;
  media_type: string;
  width: number;
  height: number;
  bytes: number;
  consent: boolean;
  created_at: string;
}

export interface ReferencePage {
  reference_images: Reference[];
  bytes_used: number;
  bytes_limit: number;
  next_cursor?: string;
}

export type ReferenceType = 'style' | 'composition' | 'character';
export type FrameSlot = 'start' | 'end';

/** A way in which a job type takes a picture, and the strengths that are recommended for it. */
export interface ReferenceUse {
  id: ReferenceType | FrameSlot;
  strength_from: number;
  strength_to: number;
}

export interface JobType {
  id: string;
  group: 'image' | 'video' | 'enhanced';
  kind: Kind;
  queue: string;
  width: number;
  height: number;
  /** Of a video, in seconds. */
  duration?: number;
  steps: number;
  /** For one picture or video. */
  expected_seconds: number;
  /** Credits for a job. */
  price: number;
  quantities: number[];
  negative_prompt: boolean;
  seed: boolean;
  /** Of an enhanced one: the type that takes the prompt as it is. */
  plain_type?: string;
  references: ReferenceUse[];
}

export interface Session {
  user: string;
  admin: boolean;
  has_password: boolean;
  balance: number;
}

export interface WorkerState {
  id: string;
  model: string;
  state: 'idle' | 'busy' | 'unseen';
  lastSeen: string;
}

export interface QueueState {
  queue: string;
  depth: number;
  processing: number;
  oldestWaitSeconds: number;
  workers: WorkerState[];
  yours: { id: string; jobType: string; position: number; etaSeconds?: number }[];
}

export interface QueueStatus {
  queueDepth: number;
  queues: QueueState[];
}

/** A list of assets as a whole: where each page but the first begins. */
export interface AssetOutline {
  count: number;
  pages: { cursor: string; created_at: string }[];
}

interface Usage {
  count: number;
  bytes: number;
}

/** What a user's files take. */
export interface StorageUse {
  images: Usage;
  videos: Usage;
  reference_images: Usage & { bytes_limit: number };
  bytes: number;
}
