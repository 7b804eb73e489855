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

export interface CreditEntry {
  kind: 'grant' | 'charge' | 'refund';
  /** Positive for the user, negative against. */
  amount: number;
  /** Of a grant, in the administrator's words. */
  note?: string;
  job_id?: string;
  job_type?: string;
  prompt?: string;
  created_at: string;
}

export interface Credits {
  balance: number;
  entries: CreditEntry[];
  next_cursor?: string;
}

export interface Use {
  count: number;
  bytes: number;
}

/** What a user's files take. */
export interface StorageUse {
  images: Use;
  videos: Use;
  reference_images: Use & { bytes_limit: number };
  bytes: number;
}

export interface OwnToken {
  token: string;
  expires_at: string;
}

export interface Webhook {
  id: string;
  url: string;
  description: string;
  enabled: boolean;
  created_at: string;
  /** Until when events are signed with the secret before this one as well. */
  old_secret_until?: string;
}

export interface WebhookWithSecret {
  webhook: Webhook;
  secret: string;
}

export interface WebhookTested {
  success: boolean;
  status?: number;
  answer: string;
}

export interface WebhookDelivery {
  id: string;
  type: string;
  job_id: string;
  state: 'pending' | 'delivered' | 'dead';
  attempts: number;
  created_at: string;
  next_try_at?: string;
  last_try_at?: string;
  last_status?: number;
  last_answer?: string;
}

/** A user as administrators see them. */
export interface UserAccount {
  name: string;
  created_at: string;
  admin: boolean;
  disabled: boolean;
  has_password: boolean;
  balance: number;
}

/** One of the figures by which the platform is judged. */
export interface Figure {
  name: string;
  unit: 'ratio' | 'seconds' | 'jobs' | 'bytes';
  /** Absent while nothing was measured. */
  value?: number;
  bound: 'at_least' | 'at_most';
  target: number;
  met?: boolean;
}

export interface LedgerFinding {
  checked_at: string;
  /** A sentence each; none when all is well. */
  discrepancies: string[];
}
