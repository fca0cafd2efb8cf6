// Written by `npm run gen` from docs/openapi.json. Do not edit.

export interface paths {
    "/api/atlas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Atlas
         * @description What the atlas was made from: corpora with their licences, sizes, hashes, what storing rounded.
         */
        get: operations["atlas_api_atlas_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/concepts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Concept
         * @description The features that a text stands for, each with what it fires on and its first exemplar. Runs no model.
         */
        get: operations["read_concept_api_concepts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Conversations
         * @description Conversations with a text in title, questions or replies, or all; the one changed last first.
         */
        get: operations["list_conversations_api_conversations_get"];
        put?: never;
        /**
         * Begin Conversation
         * @description An empty conversation.
         */
        post: operations["begin_conversation_api_conversations_post"];
        /**
         * Delete Conversations
         * @description Forget every conversation in one step; answers being written stop.
         */
        delete: operations["delete_conversations_api_conversations_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Conversation
         * @description A new conversation made of an exported document; what was being written then is stopped.
         */
        post: operations["import_conversation_api_conversations_import_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Conversation
         * @description A conversation with all its turns and the runs of each.
         */
        get: operations["read_conversation_api_conversations__conversation_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Conversation
         * @description Forget a conversation; an answer being written to it stops.
         */
        delete: operations["delete_conversation_api_conversations__conversation_id__delete"];
        options?: never;
        head?: never;
        /**
         * Change Conversation
         * @description Another title, or another system message for the answers to come.
         */
        patch: operations["change_conversation_api_conversations__conversation_id__patch"];
        trace?: never;
    };
    "/api/conversations/{conversation_id}/copies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy Conversation
         * @description A new conversation with all turns before one of them, and their runs; what is being written is stopped in it.
         */
        post: operations["copy_conversation_api_conversations__conversation_id__copies_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Conversation
         * @description A conversation with every token of its runs as one document, which an import takes; sent as a file.
         */
        get: operations["export_conversation_api_conversations__conversation_id__export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reply
         * @description Answer a conversation; closing the request stops the subject within one token.
         */
        post: operations["reply_api_conversations__conversation_id__replies_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search Features
         * @description Features by meaning, best first, and how many each filter left out. Runs no model but the embedder.
         */
        get: operations["search_features_api_features_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/features/firing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find By Example
         * @description The features that fire most on a text, over their tail quantiles. No description is needed for that.
         */
        post: operations["find_by_example_api_features_firing_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/features/{feature_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Feature
         * @description A feature's card: how often and how strongly it fires, on what, and what it writes. Runs no model.
         */
        get: operations["read_feature_api_features__feature_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/features/{feature_id}/activations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trace Text
         * @description The feature's activation at every token of a text, raw and over its tail quantile.
         */
        post: operations["trace_text_api_features__feature_id__activations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/features/{feature_id}/exemplars/{rank}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recompute Exemplar
         * @description An exemplar with the exact activation at every token, computed anew by the model.
         */
        get: operations["recompute_exemplar_api_features__feature_id__exemplars__rank__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/features/{feature_id}/neighbours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Neighbours
         * @description Features that have exemplars at the same tokens of the same texts. Runs no model.
         */
        get: operations["read_neighbours_api_features__feature_id__neighbours_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description The server is up; whether the model is, and how many wait for it.
         */
        get: operations["health_api_health_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Journal
         * @description Where conversations are kept, how many there are, and how much room they take.
         */
        get: operations["read_journal_api_journal_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description Requests, questions, tokens and replies since the start, in Prometheus's text format.
         */
        get: operations["metrics_api_metrics_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Run
         * @description A run with every token the subject read and wrote.
         */
        get: operations["read_run_api_runs__run_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}/active": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Active
         * @description The sites that stand out by their activation in a range of positions; with an atlas, by tail quantile.
         */
        post: operations["active_api_runs__run_id__active_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}/damage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Damage
         * @description What the run's interventions do to neutral text, beside random features. Closing the request cancels.
         */
        post: operations["damage_api_runs__run_id__damage_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}/firing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Firing
         * @description Where features fire in the run: positions at which they reach a quarter of their tail quantile.
         */
        post: operations["firing_api_runs__run_id__firing_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}/joint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Joint
         * @description What sites did for a token together: all set to 0 at once. Their single effects do not add up to it.
         */
        post: operations["joint_api_runs__run_id__joint_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}/shift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shift
         * @description How the distribution of the run's first own token differs from that of another run's, each as it was steered.
         */
        post: operations["shift_api_runs__run_id__shift_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify
         * @description What suppressing features does to a token, beside random sets of the same make.
         */
        post: operations["verify_api_runs__run_id__verify_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Why
         * @description What promoted a token: estimates at once, then measurements. Closing the request cancels.
         */
        post: operations["why_api_runs__run_id__why_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Sets
         * @description Every set of features, by name.
         */
        get: operations["list_sets_api_sets_get"];
        put?: never;
        /**
         * Keep Set
         * @description Features kept under a name, which no other set may have.
         */
        post: operations["keep_set_api_sets_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sets/{set_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Set
         * @description Forget a set; runs that were steered by its features stay as they are.
         */
        delete: operations["delete_set_api_sets__set_id__delete"];
        options?: never;
        head?: never;
        /**
         * Change Set
         * @description Another name, other features, or another note.
         */
        patch: operations["change_set_api_sets__set_id__patch"];
        trace?: never;
    };
    "/api/subject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Subject
         * @description What is loaded, or how far loading is.
         */
        get: operations["subject_api_subject_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Active
         * @description One site that stands out by its activation.
         */
        Active: {
            /** Activation */
            activation: number;
            /** Description */
            description: string | null;
            /** Id */
            id: string;
            /** Index */
            index: number;
            /** Layer */
            layer: number;
            /** Normalised */
            normalised: number;
            /** Pos */
            pos: number;
            /** Score */
            score: number | null;
            /**
             * Sign
             * @enum {string}
             */
            sign: "pos" | "neg";
            /** Summary */
            summary: string | null;
        };
        /**
         * ActiveRequest
         * @description A half-open range of positions.
         */
        ActiveRequest: {
            /** End */
            end: number;
            /** Start */
            start: number;
            /**
             * Top
             * @default 50
             */
            top: number;
        };
        /**
         * ActiveSites
         * @description The sites that stand out in a range of positions.
         */
        ActiveSites: {
            /** Effects */
            effects: components["schemas"]["Active"][];
            /** Scale */
            scale: string;
        };
        /**
         * AlikeFeature
         * @description A feature that fires where another one does.
         */
        AlikeFeature: {
            /** Description */
            description: string | null;
            /** Id */
            id: string;
            /** Score */
            score: number | null;
            /** Shared */
            shared: number;
            /** Summary */
            summary: string | null;
        };
        /**
         * Alternative
         * @description A token the subject could have written at a position.
         */
        Alternative: {
            /** Id */
            id: number;
            /** Logprob */
            logprob: number;
            /** Text */
            text: string;
        };
        /**
         * BatchLayout
         * @description How sequences were put together for the subject; part of what fixes the result's last bits.
         */
        BatchLayout: {
            /** Batch Tokens */
            batch_tokens: number;
            /** Shard Batches */
            shard_batches: number;
            /** Threads */
            threads?: number | null;
        };
        /**
         * Card
         * @description Everything the atlas says about a feature, and how exactly it says it.
         */
        Card: {
            /** Atlas */
            atlas: string;
            /** Description */
            description: string | null;
            /** Exemplars */
            exemplars: components["schemas"]["Exemplar"][];
            /** Extreme */
            extreme: number;
            gate: components["schemas"]["Gate"] | null;
            histogram: components["schemas"]["Histogram"];
            /** Id */
            id: string;
            /** Index */
            index: number;
            /** Layer */
            layer: number;
            /** Mean */
            mean: number;
            /** N Exemplars */
            n_exemplars: number;
            /** N Patterns */
            n_patterns: number;
            /** N Tokens */
            n_tokens: number;
            /** Other */
            other: string | null;
            /** Pattern Error */
            pattern_error: number;
            /** Promoted */
            promoted: components["schemas"]["OutputToken"][];
            /** Quantiles */
            quantiles: components["schemas"]["Quantile"][];
            /** Rate */
            rate: number;
            /** Score */
            score: number | null;
            /**
             * Sign
             * @enum {string}
             */
            sign: "pos" | "neg";
            /** Sink */
            sink: number;
            /** Std */
            std: number;
            /** Summary */
            summary: string | null;
            /** Suppressed */
            suppressed: components["schemas"]["OutputToken"][];
            told: components["schemas"]["DescriptionRecord"] | null;
        };
        /**
         * Concept
         * @description A text, and the features that it stands for.
         */
        Concept: {
            /**
             * Direction
             * @enum {string}
             */
            direction: "suppress" | "strengthen";
            /** Features */
            features: components["schemas"]["ConceptFeature"][];
            /** K */
            k: number;
            /** Query */
            query: string;
            /** Skipped */
            skipped: number;
            /** Strength */
            strength: number | null;
            /** Value */
            value: number | null;
        };
        /**
         * ConceptFeature
         * @description One feature of a concept.
         */
        ConceptFeature: {
            /** Description */
            description: string | null;
            exemplar: components["schemas"]["Snippet"] | null;
            /** Id */
            id: string;
            /** Peaks */
            peaks: number;
            /** Quantile */
            quantile: number;
            /** Score */
            score: number | null;
            /** Similarity */
            similarity: number;
            /** Summary */
            summary: string | null;
        };
        /**
         * ConversationChange
         * @description Only what is given changes.
         */
        ConversationChange: {
            /**
             * System
             * @description null: the chat template's own default
             */
            system?: string | null;
            /** Title */
            title?: string | null;
        };
        /**
         * ConversationDetail
         * @description A conversation with all its turns.
         */
        ConversationDetail: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** System */
            system: string | null;
            /** Title */
            title: string;
            /** Turns */
            turns: components["schemas"]["Turn"][];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * ConversationDocument
         * @description A conversation, whole: everything that the journal keeps of it but ids.
         */
        ConversationDocument: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Format
             * @constant
             */
            format: "pellucid conversation";
            /** System */
            system: string | null;
            /** Title */
            title: string;
            /** Turns */
            turns: components["schemas"]["DocumentTurn"][];
            /**
             * Version
             * @constant
             */
            version: 1;
        };
        /**
         * ConversationSummary
         * @description A conversation as it stands in a list.
         */
        ConversationSummary: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * CopyRequest
         * @description How much of a conversation to copy, and what the copy is called.
         */
        CopyRequest: {
            /**
             * Before
             * @description A turn's id: the copy has all turns before it, and of an assistant turn the place for its answer; null: all turns
             */
            before?: string | null;
            /**
             * Title
             * @description null: the original's
             */
            title?: string | null;
        };
        /**
         * Corpus
         * @description One text collection that was read, wholly or in part.
         */
        Corpus: {
            /** Licence */
            licence: string;
            /** N Documents */
            n_documents: number;
            /** N Tokens */
            n_tokens: number;
            /** Name */
            name: string;
            /** Origin */
            origin: string;
            /** Sha256 */
            sha256: string;
            /** Weight */
            weight: number | null;
        };
        /**
         * Damage
         * @description What interventions do to text that has nothing to do with them.
         */
        Damage: {
            /** Kl */
            kl: number;
            kl_random: components["schemas"]["RandomDamage"] | null;
            /** N Positions */
            n_positions: number;
            /** N Prompts */
            n_prompts: number;
            repetition: components["schemas"]["Repetition"];
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "mild" | "strong" | "babbling";
        };
        /**
         * DamageRequest
         * @description How many random sets to compare the run's interventions with.
         */
        DamageRequest: {
            /**
             * N
             * @default 3
             */
            n: number;
            /**
             * Seed
             * @default 0
             */
            seed: number;
        };
        /**
         * DescriptionRecord
         * @description What an atlas says about one feature in words; None where it says nothing.
         */
        DescriptionRecord: {
            /** Auroc */
            auroc: number | null;
            /** Average Precision */
            average_precision: number | null;
            /** Best Token */
            best_token: number | null;
            /** Description */
            description: string | null;
            /** Interest */
            interest: number | null;
            /** Interesting */
            interesting: boolean | null;
            /** Kind */
            kind: string | null;
            /** Output */
            output: string | null;
            /** Output Score */
            output_score: number | null;
            /** Peaks */
            peaks: number | null;
            /** Reasons */
            reasons: string[];
            /** Score */
            score: number | null;
            /** Score High */
            score_high: number | null;
            /** Score Low */
            score_low: number | null;
            /** Score Random */
            score_random: number | null;
            /** Score Valid */
            score_valid: number | null;
            /** Shuffled */
            shuffled: number | null;
            /**
             * Status
             * @enum {string}
             */
            status: "described" | "dead" | "undefined" | "unparseable" | "error" | "insufficient";
            /** Summary */
            summary: string | null;
            /** Unigram */
            unigram: number | null;
        };
        /**
         * Dims
         * @description Sizes of the subject.
         */
        Dims: {
            /** D Mlp */
            d_mlp: number;
            /** D Model */
            d_model: number;
            /** D Vocab */
            d_vocab: number;
            /** N Layers */
            n_layers: number;
        };
        /**
         * DocumentAlternative
         * @description A token that could have been written; see `Alternative`.
         */
        DocumentAlternative: {
            /** Id */
            id: number;
            /** Logprob */
            logprob: number;
            /** Text */
            text: string;
        };
        /**
         * DocumentRun
         * @description A run with all its tokens; see `RunDetail`.
         */
        DocumentRun: {
            /** Atlas */
            atlas: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Finish */
            finish: ("end" | "length" | "stopped") | null;
            /** Given From */
            given_from: number;
            /** Interventions */
            interventions: components["schemas"]["Intervention"][];
            /** N Prompt */
            n_prompt: number;
            /** Reply */
            reply: string;
            /** Reply From */
            reply_from: number;
            settings: components["schemas"]["Sampling"];
            /**
             * State
             * @enum {string}
             */
            state: "running" | "done" | "stopped" | "failed";
            /** Subject */
            subject: string;
            /** Tokens */
            tokens: components["schemas"]["DocumentToken"][];
        };
        /**
         * DocumentToken
         * @description A token of a run; see `Token`.
         */
        DocumentToken: {
            /** Id */
            id: number;
            /** Logprob */
            logprob: number | null;
            /** Marker */
            marker: boolean;
            /** Pos */
            pos: number;
            /**
             * Role
             * @enum {string}
             */
            role: "system" | "user" | "assistant" | "text";
            /** Text */
            text: string;
            /** Top */
            top: components["schemas"]["DocumentAlternative"][];
        };
        /**
         * DocumentTurn
         * @description A turn with its runs, oldest first; see `Turn`.
         */
        DocumentTurn: {
            /** Content */
            content: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant";
            /** Runs */
            runs: components["schemas"]["DocumentRun"][];
        };
        /**
         * Effect
         * @description One site, with what it did for the target. Positive promoted it.
         */
        Effect: {
            /** Activation */
            activation: number;
            /** Attribution */
            attribution: number;
            /** Description */
            description: string | null;
            /** Effect */
            effect?: number | null;
            /** Estimate */
            estimate: number;
            /** Id */
            id: string;
            /** Index */
            index: number;
            /** Layer */
            layer: number;
            /** Measured */
            measured: boolean;
            /** Pos */
            pos: number;
            /** Score */
            score: number | null;
            /**
             * Sign
             * @enum {string}
             */
            sign: "pos" | "neg";
            /** Summary */
            summary: string | null;
        };
        /**
         * Encoding
         * @description What was left out or rounded to save space.
         */
        Encoding: {
            /** Levels */
            levels: number;
            /** N Bins */
            n_bins: number;
            /** N Exemplars */
            n_exemplars: number;
            /** N Patterns */
            n_patterns: number;
            /** Pattern Error */
            pattern_error: number;
            /** Reached */
            reached: boolean[];
            /** Rounding Error */
            rounding_error: number;
            /** Tails */
            tails: number[];
        };
        /**
         * ErrorEvent
         * @description The last event of a stream that failed.
         */
        ErrorEvent: {
            problem: components["schemas"]["Problem"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "error";
        };
        /**
         * Estimated
         * @description What promoted the target, as the method has it.
         */
        Estimated: {
            contrast: components["schemas"]["Target"] | null;
            /** Effects */
            effects: components["schemas"]["Effect"][];
            map: components["schemas"]["SiteMap"];
            /**
             * Method
             * @enum {string}
             */
            method: "corrected" | "gradient" | "integrated";
            target: components["schemas"]["Target"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "estimate";
        };
        /**
         * ExactExemplar
         * @description An exemplar whose activations are all exact.
         */
        ExactExemplar: {
            /** Activations */
            activations: (number | null)[];
            /** Gate */
            gate: number;
            /** Licence */
            licence: string;
            /** Peak */
            peak: number;
            /** Pos */
            pos: number;
            /** Rank */
            rank: number;
            /** Source */
            source: string;
            /** Stored Peak */
            stored_peak: number;
            /** Tokens */
            tokens: components["schemas"]["TokenText"][];
        };
        /**
         * ExampleText
         * @description A text to find the features that fire on it.
         */
        ExampleText: {
            /**
             * Everything
             * @description also what seems not to matter to a user
             * @default false
             */
            everything: boolean;
            /**
             * K
             * @description features at most
             * @default 20
             */
            k: number;
            /**
             * Layers
             * @description A:B, from A up to before B
             */
            layers?: string | null;
            /**
             * Min Score
             * @description least score of a description
             */
            min_score?: number | null;
            /**
             * Sign
             * @description only this one
             */
            sign?: ("pos" | "neg") | null;
            /** Text */
            text: string;
        };
        /**
         * Exemplar
         * @description A sequence in which a feature is extreme, whole, from the subject's first token.
         */
        Exemplar: {
            /** Activations */
            activations: (number | null)[];
            /** Gate */
            gate: number;
            /** Licence */
            licence: string;
            /** Peak */
            peak: number;
            /** Pos */
            pos: number;
            /** Rank */
            rank: number;
            /** Source */
            source: string;
            /** Tokens */
            tokens: components["schemas"]["TokenText"][];
        };
        /**
         * FeatureFiring
         * @description One feature along a run: the positions at which it fires.
         */
        FeatureFiring: {
            /** Activations */
            activations: number[];
            /** Id */
            id: string;
            /** Positions */
            positions: number[];
            /**
             * Relative To
             * @enum {string}
             */
            relative_to: "tail quantile" | "largest here";
            /** Scale */
            scale: number;
            /** Shares */
            shares: number[];
        };
        /**
         * FeatureSet
         * @description Some features under a name.
         */
        FeatureSet: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Features */
            features: string[];
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Note */
            note: string | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * FeatureSetChange
         * @description Only what is given changes; a note of null is taken away.
         */
        FeatureSetChange: {
            /**
             * Features
             * @description All of them anew; null: as they are
             */
            features?: string[] | null;
            /**
             * Name
             * @description null: as it is
             */
            name?: string | null;
            /** Note */
            note?: string | null;
        };
        /**
         * FeatureText
         * @description A text to read for a feature.
         */
        FeatureText: {
            /**
             * As Message
             * @description read it as a user's message, through the chat template; otherwise as a document
             * @default false
             */
            as_message: boolean;
            /** Text */
            text: string;
        };
        /**
         * FileInfo
         * @description A file as it must be.
         */
        FileInfo: {
            /** Bytes */
            bytes: number;
            /** Sha256 */
            sha256: string;
        };
        /**
         * Filtered
         * @description Features left out, by the first reason that holds.
         */
        Filtered: {
            /** Layer */
            layer: number;
            /** Score */
            score: number;
            /** Sign */
            sign: number;
            /** Undescribed */
            undescribed: number;
            /** Uninteresting */
            uninteresting: number;
        };
        /**
         * Fired
         * @description Features by how strongly they fire on a text, and the text as it was read.
         */
        Fired: {
            /** Hits */
            hits: components["schemas"]["FiringHit"][];
            /** Scale */
            scale: string;
            /** Tokens */
            tokens: components["schemas"]["FiringToken"][];
            /** Uninteresting Above */
            uninteresting_above: number;
        };
        /**
         * FiringHit
         * @description A feature that fires on a text, where it does so most.
         */
        FiringHit: {
            /** Activation */
            activation: number;
            /** Description */
            description: string | null;
            /** Id */
            id: string;
            /** Normalised */
            normalised: number;
            /** Pos */
            pos: number;
            /** Score */
            score: number | null;
            /** Similarity */
            similarity: null;
            /** Summary */
            summary: string | null;
        };
        /**
         * FiringToken
         * @description One token of the text.
         */
        FiringToken: {
            /** Id */
            id: number;
            /** Pos */
            pos: number;
            /** Text */
            text: string;
        };
        /**
         * Gate
         * @description In how many exemplars the gate's pre-activation was positive at the peak, and in how many negative.
         */
        Gate: {
            /** Negative */
            negative: number;
            /** Positive */
            positive: number;
        };
        /**
         * Health
         * @description The server is up; more about the subject, and why it failed, says `GET /api/subject`.
         */
        Health: {
            /** Queue */
            queue: number;
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "loading" | "failed";
            /** Version */
            version: string;
        };
        /**
         * Histogram
         * @description Tokens by raw activation of the unit, both signs, in bins of equal width.
         */
        Histogram: {
            /** Counts */
            counts: number[];
            /** High */
            high: number;
            /** Low */
            low: number;
        };
        /**
         * Hit
         * @description A feature found.
         */
        Hit: {
            /** Description */
            description: string | null;
            /** Id */
            id: string;
            /** Keywords */
            keywords: number;
            /** Output */
            output: string | null;
            /** Peaks */
            peaks: number;
            /** Score */
            score: number | null;
            /** Similarity */
            similarity: number;
            /** Summary */
            summary: string | null;
            /** Weak */
            weak: boolean;
        };
        /**
         * Intervention
         * @description Set the activations of some features at some positions to a value.
         *
         *     With `value` (a raw activation) it holds whatever the activation is; with `strength` it follows `sign_rule`.
         */
        Intervention: {
            /** Features */
            features?: string[] | null;
            /** K */
            k?: number | null;
            /** Name */
            name?: string | null;
            /**
             * Positions
             * @default prompt
             */
            positions: string;
            /** Quantile */
            quantile?: number | null;
            /** Query */
            query?: string | null;
            /**
             * Sign Rule
             * @default own
             * @enum {string}
             */
            sign_rule: "own" | "any";
            /** Strength */
            strength?: number | null;
            /** Value */
            value?: number | null;
        };
        /**
         * Joint
         * @description What several sites did for the target together: all set to 0 at once, and the subject run again.
         */
        Joint: {
            /** After */
            after: number;
            /** Before */
            before: number;
            contrast: components["schemas"]["Target"] | null;
            /** Effect */
            effect: number;
            /** N Sites */
            n_sites: number;
            target: components["schemas"]["Target"];
        };
        /**
         * JointRequest
         * @description Which sites to set to 0 together, for which token.
         */
        JointRequest: {
            /** Contrast Id */
            contrast_id?: number | null;
            /** Pos */
            pos: number;
            /** Sites */
            sites: components["schemas"]["NamedSite"][];
        };
        /**
         * JournalFacts
         * @description Where conversations are kept, and how much that is.
         */
        JournalFacts: {
            /** Bytes */
            bytes: number | null;
            /** N Conversations */
            n_conversations: number;
            /** Place */
            place: string;
        };
        /**
         * Layer
         * @description One immutable part of an atlas: a folder of files.
         */
        Layer: {
            /** Files */
            files: {
                [key: string]: components["schemas"]["FileInfo"];
            };
            /** Hash */
            hash: string;
            /** Made From */
            made_from: {
                [key: string]: string;
            };
        };
        /**
         * Layers
         * @description The parts of an atlas, by the name of their folder.
         */
        Layers: {
            descriptions: components["schemas"]["Layer"] | null;
            evidence: components["schemas"]["Layer"];
            index: components["schemas"]["Layer"] | null;
        };
        /**
         * LoadProgress
         * @description How far one stage of loading is.
         */
        LoadProgress: {
            /** Detail */
            detail: string | null;
            /** Done */
            done: number | null;
            /** Stage */
            stage: string;
            /** Total */
            total: number | null;
            /** Unit */
            unit: string | null;
        };
        /**
         * Manifest
         * @description The whole of `manifest.json`.
         */
        Manifest: {
            /** Corpora */
            corpora: components["schemas"]["Corpus"][];
            dims: components["schemas"]["Dims"];
            /** Dtype */
            dtype: string;
            encoding: components["schemas"]["Encoding"];
            /**
             * Format
             * @default pellucid-atlas
             * @constant
             */
            format: "pellucid-atlas";
            /**
             * Format Version
             * @default 1
             * @constant
             */
            format_version: 1;
            /**
             * Hash
             * @default
             */
            hash: string;
            layers: components["schemas"]["Layers"];
            layout: components["schemas"]["BatchLayout"];
            /** N Features */
            n_features: number;
            /** N Tokens */
            n_tokens: number;
            /** Seed */
            seed: number;
            /** Seq Len */
            seq_len: number;
            source: components["schemas"]["Source"];
            /** Subject */
            subject: string;
            /** Subject Name */
            subject_name: string;
            tokens: components["schemas"]["Splits"];
            /** Versions */
            versions: {
                [key: string]: string;
            };
        };
        /**
         * Measured
         * @description Some more of the estimated effects, measured.
         */
        Measured: {
            /** Effects */
            effects: components["schemas"]["MeasuredEffect"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "measured";
        };
        /**
         * MeasuredEffect
         * @description The measured effect of one site, in nats.
         */
        MeasuredEffect: {
            /** Effect */
            effect: number;
            /** Id */
            id: string;
            /** Pos */
            pos: number;
        };
        /**
         * Moved
         * @description A token whose probability differs between two distributions.
         */
        Moved: {
            /** After */
            after: number;
            /** Before */
            before: number;
            /** Id */
            id: number;
            /** Text */
            text: string;
        };
        /**
         * NamedSite
         * @description One unit at one position.
         */
        NamedSite: {
            /** Id */
            id: string;
            /** Pos */
            pos: number;
        };
        /**
         * Neighbours
         * @description Features that fire alike.
         */
        Neighbours: {
            /** Features */
            features: components["schemas"]["AlikeFeature"][];
            /** N Exemplars */
            n_exemplars: number;
        };
        /**
         * NewConversation
         * @description A conversation to begin; without a title it takes one from its first question.
         */
        NewConversation: {
            /**
             * System
             * @description null: the chat template's own default
             */
            system?: string | null;
            /** Title */
            title?: string | null;
        };
        /**
         * NewFeatureSet
         * @description Features to keep under a name that no other set has; one that comes twice is kept once.
         */
        NewFeatureSet: {
            /** Features */
            features: string[];
            /** Name */
            name: string;
            /** Note */
            note?: string | null;
        };
        /**
         * OutputToken
         * @description A token whose logit the feature changes.
         */
        OutputToken: {
            /** Id */
            id: number;
            /** Logit */
            logit: number;
            /** Text */
            text: string;
        };
        /**
         * Problem
         * @description What went wrong, why, and what to do instead.
         */
        Problem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /** Instead */
            instead: string;
            /** Request Id */
            request_id: string | null;
            /** Retry After S */
            retry_after_s: number | null;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
            /** What */
            what: string;
            /** Why */
            why: string;
        };
        /**
         * Quantile
         * @description The activation that a share of all tokens exceeds.
         */
        Quantile: {
            /** Reached */
            reached: boolean;
            /** Tail */
            tail: number;
            /** Value */
            value: number;
        };
        /**
         * Queued
         * @description Waiting for the model; sent at once and whenever the place changes.
         */
        Queued: {
            /** Position */
            position: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queued";
        };
        /**
         * RandomDamage
         * @description What as many matched random features do under the same interventions, in nats.
         */
        RandomDamage: {
            /** High */
            high: number;
            /** Low */
            low: number;
            /** Mean */
            mean: number;
            /** N */
            n: number;
        };
        /**
         * RandomSets
         * @description The effects of matched random feature sets.
         */
        RandomSets: {
            /**
             * Effects
             * @default []
             */
            effects: number[];
            /** High */
            high: number;
            /** Low */
            low: number;
            /**
             * Match
             * @enum {string}
             */
            match: "activation" | "layer";
            /** Mean */
            mean: number;
            /** N */
            n: number;
        };
        /**
         * Repetition
         * @description The share of a greedy reply's runs of 3 tokens that it has had before, mean over some neutral prompts.
         */
        Repetition: {
            /** After */
            after: number;
            /** Before */
            before: number;
            /** Random */
            random: number | null;
        };
        /**
         * ReplyDone
         * @description The reply is complete and kept.
         */
        ReplyDone: {
            /**
             * Finish
             * @enum {string}
             */
            finish: "end" | "length" | "stopped";
            /** N Tokens */
            n_tokens: number;
            /** Repeats */
            repeats: number | null;
            /** Seconds */
            seconds: number;
            touched: components["schemas"]["Touched"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "done";
        };
        /**
         * ReplyRequest
         * @description With `content`: a user turn and its answer. Without: the last user turn, answered again.
         */
        ReplyRequest: {
            /** Content */
            content?: string | null;
            /**
             * Interventions
             * @default []
             */
            interventions: components["schemas"]["Intervention"][];
            /**
             * @default {
             *       "max_new_tokens": 256,
             *       "seed": 0,
             *       "temperature": 0.7
             *     }
             */
            settings: components["schemas"]["Sampling"];
            /**
             * Start
             * @description What the reply begins with; tokens go without `content`
             */
            start?: (components["schemas"]["TextStart"] | components["schemas"]["TokensStart"]) | null;
        };
        /**
         * ReplyStreamEvent
         * @description One event of a reply: `queued`, `started`, `token`, `done` or `error`. Deltas only.
         */
        ReplyStreamEvent: components["schemas"]["Queued"] | components["schemas"]["Started"] | components["schemas"]["Written"] | components["schemas"]["ReplyDone"] | components["schemas"]["ErrorEvent"];
        /**
         * RunDetail
         * @description One answer with every token the subject read and wrote.
         */
        RunDetail: {
            /** Atlas */
            atlas: string | null;
            /** Conversation Id */
            conversation_id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Finish */
            finish: ("end" | "length" | "stopped") | null;
            /** Given From */
            given_from: number;
            /** Id */
            id: string;
            /** Interventions */
            interventions: components["schemas"]["Intervention"][];
            /** N Prompt */
            n_prompt: number;
            /** Reply */
            reply: string;
            /** Reply From */
            reply_from: number;
            settings: components["schemas"]["Sampling"];
            /**
             * State
             * @enum {string}
             */
            state: "running" | "done" | "stopped" | "failed";
            /** Subject */
            subject: string;
            /** Tokens */
            tokens: components["schemas"]["Token"][];
            /** Turn Id */
            turn_id: string;
        };
        /**
         * RunFiring
         * @description Where features fire in a run, under the run's own interventions.
         */
        RunFiring: {
            /** Features */
            features: components["schemas"]["FeatureFiring"][];
            /** Least */
            least: number;
        };
        /**
         * RunFiringRequest
         * @description Which features to follow along a run.
         */
        RunFiringRequest: {
            /** Features */
            features: string[];
        };
        /**
         * RunSummary
         * @description One answer to a conversation, without its tokens.
         */
        RunSummary: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Finish */
            finish: ("end" | "length" | "stopped") | null;
            /** Id */
            id: string;
            /** Interventions */
            interventions: components["schemas"]["Intervention"][];
            /** Reply */
            reply: string;
            settings: components["schemas"]["Sampling"];
            /**
             * State
             * @enum {string}
             */
            state: "running" | "done" | "stopped" | "failed";
            /** Turn Id */
            turn_id: string;
        };
        /**
         * Sampling
         * @description How a reply is sampled.
         */
        Sampling: {
            /**
             * Max New Tokens
             * @default 256
             */
            max_new_tokens: number;
            /**
             * Seed
             * @default 0
             */
            seed: number;
            /**
             * Temperature
             * @default 0.7
             */
            temperature: number;
        };
        /**
         * SearchResult
         * @description What a search found, best first.
         */
        SearchResult: {
            filtered: components["schemas"]["Filtered"];
            /** Hits */
            hits: components["schemas"]["Hit"][];
            /**
             * Notes
             * @default []
             */
            notes: string[];
            /** Searched */
            searched: number;
            /** Uninteresting Above */
            uninteresting_above: number;
        };
        /**
         * Shift
         * @description How the next token's distribution in one run (after) differs from that in another (before).
         */
        Shift: {
            /** Kl */
            kl: number;
            /** Tokens */
            tokens: components["schemas"]["Moved"][];
        };
        /**
         * ShiftRequest
         * @description The run to compare with, which counts as the one before.
         */
        ShiftRequest: {
            /** Other */
            other: string;
        };
        /**
         * SiteMap
         * @description What the sites of every layer did for the target at every position: sums over units, in nats.
         *
         *     Positive parts, of the sites that promoted it, and negative ones apart. Effects of single sites do not add up, so a
         *     sum is not what taking all of its sites away would do.
         */
        SiteMap: {
            /** By Layer */
            by_layer: [
                number,
                number
            ][];
            /** By Position */
            by_position: [
                number,
                number
            ][];
            /** Layers */
            layers: number[];
            /**
             * Method
             * @enum {string}
             */
            method: "corrected" | "gradient" | "integrated";
            /** N Measured */
            n_measured: number;
            /** Negative */
            negative: number[][];
            /** Positive */
            positive: number[][];
            /** Start */
            start: number;
            /** Step */
            step: number;
        };
        /**
         * Snippet
         * @description Where a feature is most extreme: the text around it.
         */
        Snippet: {
            /** After */
            after: string;
            /** Before */
            before: string;
            /** Peak */
            peak: number;
            /** Token */
            token: string;
        };
        /**
         * Source
         * @description Which units the atlas is about; see `SourceInfo`.
         */
        Source: {
            /** Hash */
            hash?: string | null;
            /** Kind */
            kind: string;
            /** Layers */
            layers: number[];
            /** N Units */
            n_units: number;
            /** Name */
            name: string;
            /** Signs */
            signs: ("pos" | "neg")[];
        };
        /**
         * Splits
         * @description Positions counted, by split.
         */
        Splits: {
            /** Test */
            test: number;
            /** Train */
            train: number;
            /** Valid */
            valid: number;
        };
        /**
         * Started
         * @description The prompt was read; the reply begins.
         */
        Started: {
            /**
             * Concepts
             * @default []
             */
            concepts: components["schemas"]["Concept"][];
            /** Reply From */
            reply_from: number;
            /** Run Id */
            run_id: string;
            /** Tokens */
            tokens: components["schemas"]["Token"][];
            /** Turn Id */
            turn_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "started";
            /** User Turn Id */
            user_turn_id: string | null;
        };
        /**
         * SubjectState
         * @description The subject; everything after `problem` is null until it is ready.
         */
        SubjectState: {
            /** D Mlp */
            d_mlp: number | null;
            /** D Model */
            d_model: number | null;
            /** Device */
            device: string | null;
            /** Dtype */
            dtype: string | null;
            /** Family */
            family: string | null;
            /** Has Chat Template */
            has_chat_template: boolean | null;
            /** Hash */
            hash: string | null;
            /** N Context */
            n_context: number | null;
            /** N Features */
            n_features: number | null;
            /** N Layers */
            n_layers: number | null;
            /** Name */
            name: string | null;
            problem: components["schemas"]["Problem"] | null;
            progress: components["schemas"]["LoadProgress"] | null;
            /**
             * State
             * @enum {string}
             */
            state: "loading" | "ready" | "failed";
        };
        /**
         * Target
         * @description The token explained.
         */
        Target: {
            /** Id */
            id: number;
            /** Logprob */
            logprob: number;
            /** Pos */
            pos: number;
            /** Text */
            text: string;
            /**
             * Tokens
             * @default []
             */
            tokens: components["schemas"]["TargetToken"][];
        };
        /**
         * TargetToken
         * @description One token of a longer target (`--target-all`).
         */
        TargetToken: {
            /** Id */
            id: number;
            /** Logprob */
            logprob: number;
            /** Text */
            text: string;
        };
        /**
         * TextStart
         * @description The reply begins with this text, literally; the subject continues it.
         */
        TextStart: {
            /** Text */
            text: string;
        };
        /**
         * Token
         * @description One id the subject read or wrote. The texts of all tokens, joined, are the text they stand for.
         */
        Token: {
            /** Id */
            id: number;
            /** Logprob */
            logprob: number | null;
            /** Marker */
            marker: boolean;
            /** Pos */
            pos: number;
            /**
             * Role
             * @enum {string}
             */
            role: "system" | "user" | "assistant" | "text";
            /** Text */
            text: string;
            /**
             * Top
             * @default []
             */
            top: components["schemas"]["Alternative"][];
        };
        /**
         * TokenText
         * @description One id of an exemplar. The texts of all, joined, are the text that the subject read.
         */
        TokenText: {
            /** Id */
            id: number;
            /** Text */
            text: string;
        };
        /**
         * TokensStart
         * @description The reply begins with the tokens of another answer to the same question; the subject continues them.
         */
        TokensStart: {
            /**
             * Pos
             * @description All that the run read and wrote before this position is read again, token by token; the position is one of its reply, or the one behind its last token where the reply was cut
             */
            pos: number;
            /**
             * Run Id
             * @description A run of the turn that is answered
             */
            run_id: string;
            /**
             * Token Id
             * @description The token at `pos`, instead of the run's
             */
            token_id?: number | null;
        };
        /**
         * Touched
         * @description How much of the subject an intervention names.
         */
        Touched: {
            /** Neurons */
            neurons: number;
            /** Share */
            share: number;
        };
        /**
         * Traced
         * @description A feature along a text. Position 0 is an attention sink: its activation compares with no other.
         */
        Traced: {
            /** Id */
            id: string;
            quantile: components["schemas"]["Quantile"] | null;
            /** Tokens */
            tokens: components["schemas"]["TracedToken"][];
        };
        /**
         * TracedToken
         * @description One token of a text, with what a feature does there.
         */
        TracedToken: {
            /** Activation */
            activation: number;
            /** Id */
            id: number;
            /** Normalised */
            normalised: number | null;
            /** Pos */
            pos: number;
            /** Text */
            text: string;
        };
        /**
         * Turn
         * @description One turn of a conversation.
         */
        Turn: {
            /** Content */
            content: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant";
            /**
             * Runs
             * @default []
             */
            runs: components["schemas"]["RunSummary"][];
        };
        /**
         * Verification
         * @description What suppressing a set of features did to the target, beside random sets of the same make.
         */
        Verification: {
            /** After */
            after: number;
            /** Before */
            before: number;
            contrast: components["schemas"]["Target"] | null;
            /** Effect */
            effect: number;
            /** Kl */
            kl: number;
            random: components["schemas"]["RandomSets"];
            target: components["schemas"]["Target"];
            touched: components["schemas"]["Touched"];
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "promotes" | "suppresses" | "within chance";
        };
        /**
         * VerifyRequest
         * @description Which features to suppress, where, for which token.
         */
        VerifyRequest: {
            /** Contrast Id */
            contrast_id?: number | null;
            /** Features */
            features: string[];
            /**
             * Match
             * @default activation
             * @enum {string}
             */
            match: "activation" | "layer";
            /**
             * N
             * @default 50
             */
            n: number;
            /** Pos */
            pos: number;
            /**
             * Positions
             * @description `prompt`, `all`, `generated`, or a half-open range `A:B`
             * @default all
             */
            positions: string;
        };
        /**
         * WhyDone
         * @description Everything asked for was measured.
         */
        WhyDone: {
            /** Seconds */
            seconds: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "done";
        };
        /**
         * WhyRequest
         * @description Which token to explain; `contrast_id` asks why it rather than another.
         */
        WhyRequest: {
            /** Contrast Id */
            contrast_id?: number | null;
            /**
             * Measure
             * @default 20
             */
            measure: number;
            /**
             * Method
             * @default corrected
             * @enum {string}
             */
            method: "corrected" | "gradient" | "integrated";
            /** Pos */
            pos: number;
            /**
             * Top
             * @default 50
             */
            top: number;
        };
        /**
         * WhyStreamEvent
         * @description One event of an explanation: `queued`, `estimate`, `measured`, `done` or `error`.
         */
        WhyStreamEvent: components["schemas"]["Queued"] | components["schemas"]["Estimated"] | components["schemas"]["Measured"] | components["schemas"]["WhyDone"] | components["schemas"]["ErrorEvent"];
        /**
         * Written
         * @description One more token of the reply.
         */
        Written: {
            token: components["schemas"]["Token"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "token";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    atlas_api_atlas_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Manifest"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_concept_api_concepts_get: {
        parameters: {
            query: {
                text: string;
                /** @description How many features, and at which strength, where not said */
                direction?: "suppress" | "strengthen";
                /** @description How many units; default: by the direction */
                k?: number | null;
                /** @description Multiple of each tail quantile */
                strength?: number | null;
                /** @description Tail that strengths refer to; default 1e-5 */
                quantile?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Concept"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_conversations_api_conversations_get: {
        parameters: {
            query?: {
                /** @description Only those with this text; case does not matter */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationSummary"][];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_conversation_api_conversations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConversation"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetail"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_conversations_api_conversations_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_conversation_api_conversations_import_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationDocument"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetail"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_conversation_api_conversations__conversation_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetail"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_conversation_api_conversations__conversation_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_conversation_api_conversations__conversation_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetail"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copy_conversation_api_conversations__conversation_id__copies_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CopyRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetail"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_conversation_api_conversations__conversation_id__export_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDocument"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reply_api_conversations__conversation_id__replies_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyRequest"];
            };
        };
        responses: {
            /** @description A stream; the schema is that of each `data` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ReplyStreamEvent"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_features_api_features_get: {
        parameters: {
            query?: {
                /** @description A few words or a sentence */
                q?: string | null;
                /** @description Instead: ids of features to find others like */
                like?: string[] | null;
                /** @description Hits at most */
                k?: number;
                /** @description Only this one */
                sign?: ("pos" | "neg") | null;
                /** @description A:B, from A up to before B */
                layers?: string | null;
                /** @description Least score of a description */
                min_score?: number | null;
                /** @description Also what seems not to matter to a user */
                all?: boolean;
                /** @description By what features promote, not by what they fire on */
                output?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Bad Gateway */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_by_example_api_features_firing_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExampleText"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fired"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_feature_api_features__feature_id__get: {
        parameters: {
            query?: {
                /** @description How many */
                exemplars?: number;
            };
            header?: never;
            path: {
                /** @description As in `mlp.12.3047.pos` */
                feature_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Card"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trace_text_api_features__feature_id__activations_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                /** @description As in `mlp.12.3047.pos` */
                feature_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeatureText"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Traced"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recompute_exemplar_api_features__feature_id__exemplars__rank__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                rank: number;
                /** @description As in `mlp.12.3047.pos` */
                feature_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExactExemplar"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_neighbours_api_features__feature_id__neighbours_get: {
        parameters: {
            query?: {
                /** @description How many */
                top?: number;
            };
            header?: never;
            path: {
                /** @description As in `mlp.12.3047.pos` */
                feature_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Neighbours"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    health_api_health_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_journal_api_journal_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalFacts"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metrics_api_metrics_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_run_api_runs__run_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    active_api_runs__run_id__active_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActiveRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActiveSites"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    damage_api_runs__run_id__damage_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DamageRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Damage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    firing_api_runs__run_id__firing_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunFiringRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunFiring"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    joint_api_runs__run_id__joint_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JointRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Joint"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shift_api_runs__run_id__shift_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shift"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify_api_runs__run_id__verify_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    why_api_runs__run_id__why_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhyRequest"];
            };
        };
        responses: {
            /** @description A stream; the schema is that of each `data` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["WhyStreamEvent"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sets_api_sets_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeatureSet"][];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keep_set_api_sets_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFeatureSet"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeatureSet"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_set_api_sets__set_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_set_api_sets__set_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                set_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeatureSetChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeatureSet"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    subject_api_subject_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectState"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
