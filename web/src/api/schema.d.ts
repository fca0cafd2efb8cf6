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
         * @description The server is up; whether the model is, how many questions wait for it, and how many come before yours.
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
            /**
             * Normalised
             * @description Activation over the scale that `Activations.scale` names.
             */
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
            /**
             * End
             * @description The first position that is not looked at.
             */
            end: number;
            /** Start */
            start: number;
            /**
             * Top
             * @description Sites at most, the most outstanding first.
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
            /**
             * Scale
             * @description What `normalised` is relative to, in words.
             */
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
            /**
             * Shared
             * @description Of the other one's exemplars: at the same token of the same text.
             */
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
            /**
             * Logprob
             * @description Natural logarithm of its probability, given all tokens before the position.
             */
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
            /**
             * Threads
             * @description CPU threads of a forward pass.
             */
            threads?: number | null;
        };
        /**
         * Card
         * @description Everything the atlas says about a feature, and how exactly it says it.
         */
        Card: {
            /**
             * Atlas
             * @description Hash of the atlas.
             */
            atlas: string;
            /** Description */
            description: string | null;
            /** Exemplars */
            exemplars: components["schemas"]["Exemplar"][];
            /**
             * Extreme
             * @description The activation farthest out, raw and signed.
             */
            extreme: number;
            /** @description None where there is no gate. */
            gate: components["schemas"]["Gate"] | null;
            histogram: components["schemas"]["Histogram"];
            /** Id */
            id: string;
            /** Index */
            index: number;
            /** Layer */
            layer: number;
            /**
             * Mean
             * @description Of the unit, both signs.
             */
            mean: number;
            /**
             * N Exemplars
             * @description Of these, `exemplars` holds as many as were asked for.
             */
            n_exemplars: number;
            /**
             * N Patterns
             * @description How many of the first exemplars have their activations stored.
             */
            n_patterns: number;
            /**
             * N Tokens
             * @description How many tokens rates and quantiles are over.
             */
            n_tokens: number;
            /**
             * Other
             * @description The other sign of the same unit; None where units have one.
             */
            other: string | null;
            /**
             * Pattern Error
             * @description A stored activation is off by at most this share of the exemplar's peak; below that share it is null.
             */
            pattern_error: number;
            /**
             * Promoted
             * @description Largest first.
             */
            promoted: components["schemas"]["OutputToken"][];
            /** Quantiles */
            quantiles: components["schemas"]["Quantile"][];
            /**
             * Rate
             * @description Share of tokens whose activation has the feature's sign.
             */
            rate: number;
            /** Score */
            score: number | null;
            /**
             * Sign
             * @enum {string}
             */
            sign: "pos" | "neg";
            /**
             * Sink
             * @description Mean activation of the unit at position 0, which nothing else here counts.
             */
            sink: number;
            /** Std */
            std: number;
            /** Summary */
            summary: string | null;
            /**
             * Suppressed
             * @description Most negative first.
             */
            suppressed: components["schemas"]["OutputToken"][];
            /** @description The description with all its scores, and whether it matters; None where the atlas has no descriptions. */
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
            /**
             * K
             * @description How many were asked for; there may be fewer.
             */
            k: number;
            /**
             * Notes
             * @description What was done to the text before it was searched.
             * @default []
             */
            notes: string[];
            /** Query */
            query: string;
            /**
             * Skipped
             * @description Hits left out because they never fired in the atlas's corpus.
             */
            skipped: number;
            /**
             * Strength
             * @description Multiple of each feature's tail quantile; None where `value` is set.
             */
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
            /** @description Only where it is asked for. */
            exemplar: components["schemas"]["Snippet"] | null;
            /** Id */
            id: string;
            /**
             * Peaks
             * @description Mean cosine between it and the words at which the feature's first exemplars peak.
             */
            peaks: number;
            /**
             * Quantile
             * @description The activation that strengths are multiples of; raw and signed, 0 where it never fired.
             */
            quantile: number;
            /**
             * Score
             * @description How well the description predicts the feature's activations.
             */
            score: number | null;
            /**
             * Similarity
             * @description Cosine between the concept's text and the feature's description.
             */
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
            /**
             * System
             * @description None: whatever the chat template adds by itself.
             */
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
            /**
             * N Tokens
             * @description Positions counted.
             */
            n_tokens: number;
            /** Name */
            name: string;
            /**
             * Origin
             * @description The package, address or file that it came from, with its version.
             */
            origin: string;
            /**
             * Sha256
             * @description Over its documents, as read.
             */
            sha256: string;
            /**
             * Weight
             * @description Its share of a mix; None where it was read to its end.
             */
            weight: number | null;
        };
        /**
         * Damage
         * @description What interventions do to text that has nothing to do with them.
         */
        Damage: {
            /**
             * Kl
             * @description Of the next token's distribution after, from that before, in nats; mean over all positions that are reached.
             */
            kl: number;
            /** @description None where too few features are left to match. */
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
             * @description Random sets.
             * @default 3
             */
            n: number;
            /**
             * Seed
             * @description Of the draw of random sets.
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
            /**
             * Interest
             * @description Probability that the description matters to a user, 0 to 1.
             */
            interest: number | null;
            /**
             * Interesting
             * @description Whether that is past the threshold; None where nothing judged it.
             */
            interesting: boolean | null;
            /** Kind */
            kind: string | null;
            /**
             * Output
             * @description What the feature promotes, in words.
             */
            output: string | null;
            /**
             * Output Score
             * @description How well that holds for all tokens of the kind it names; None where it lists what is raised most.
             */
            output_score: number | null;
            /**
             * Peaks
             * @description Share of the first five exemplars whose peak the description names.
             */
            peaks: number | null;
            /** Reasons */
            reasons: string[];
            /**
             * Score
             * @description How well the description predicts activations on text it was not written from; at most 1.
             */
            score: number | null;
            /** Score High */
            score_high: number | null;
            /**
             * Score Low
             * @description 2.5th percentile over test sequences drawn again.
             */
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
             * @description A run that is `running` becomes `stopped` by being imported.
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
            /**
             * Activation
             * @description Raw activation at the input of the down projection, in the run explained.
             */
            activation: number;
            /**
             * Attribution
             * @description The best number the method has for the effect, in nats.
             */
            attribution: number;
            /**
             * Description
             * @description What the feature fires on, as the atlas has it; None without.
             */
            description: string | null;
            /**
             * Effect
             * @description Measured effect in nats, for the sites that `--measure` asked for.
             */
            effect?: number | null;
            /**
             * Estimate
             * @description Gradient times activation, in nats, whatever the method.
             */
            estimate: number;
            /** Id */
            id: string;
            /** Index */
            index: number;
            /** Layer */
            layer: number;
            /**
             * Measured
             * @description True where `attribution` was measured by setting the site to 0 and running the subject again.
             */
            measured: boolean;
            /** Pos */
            pos: number;
            /**
             * Score
             * @description How well the description predicts activations on text it was not written from; at most 1.
             */
            score: number | null;
            /**
             * Sign
             * @enum {string}
             */
            sign: "pos" | "neg";
            /**
             * Summary
             * @description The same in under 15 words.
             */
            summary: string | null;
        };
        /**
         * Encoding
         * @description What was left out or rounded to save space.
         */
        Encoding: {
            /**
             * Levels
             * @description Steps from 0 to a pattern's scale.
             */
            levels: number;
            /** N Bins */
            n_bins: number;
            /** N Exemplars */
            n_exemplars: number;
            /**
             * N Patterns
             * @description How many exemplars of a feature carry a pattern, at most.
             */
            n_patterns: number;
            /**
             * Pattern Error
             * @description Largest error of a stored pattern value, as a share of the pattern's scale.
             */
            pattern_error: number;
            /**
             * Reached
             * @description False where the corpus is too small for the tail: the quantile is the extreme.
             */
            reached: boolean[];
            /**
             * Rounding Error
             * @description Largest relative error of rates, quantiles, means and output logits that storing adds.
             */
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
            /**
             * Effects
             * @description Largest absolute attribution first.
             */
            effects: components["schemas"]["Effect"][];
            /** @description All sites that count, shown or not, by layer and position. */
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
            /**
             * Activations
             * @description Raw and signed; exact at `pos`, within the atlas's stated error elsewhere, None where not stored.
             */
            activations: (number | null)[];
            /**
             * Gate
             * @description Sign of the gate's pre-activation there; 0 where there is no gate.
             */
            gate: number;
            /** Licence */
            licence: string;
            /**
             * Peak
             * @description Raw and signed.
             */
            peak: number;
            /**
             * Pos
             * @description Where the peak is: an index into `tokens` and `activations`.
             */
            pos: number;
            /**
             * Rank
             * @description From 0, the largest peak first.
             */
            rank: number;
            /**
             * Source
             * @description Corpus and number of the document within it, as in `moby_dick:12`.
             */
            source: string;
            /**
             * Stored Peak
             * @description What the atlas says of `peak`, which was computed anew.
             */
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
            /**
             * Activations
             * @description Raw and signed; exact at `pos`, within the atlas's stated error elsewhere, None where not stored.
             */
            activations: (number | null)[];
            /**
             * Gate
             * @description Sign of the gate's pre-activation there; 0 where there is no gate.
             */
            gate: number;
            /** Licence */
            licence: string;
            /**
             * Peak
             * @description Raw and signed.
             */
            peak: number;
            /**
             * Pos
             * @description Where the peak is: an index into `tokens` and `activations`.
             */
            pos: number;
            /**
             * Rank
             * @description From 0, the largest peak first.
             */
            rank: number;
            /**
             * Source
             * @description Corpus and number of the document within it, as in `moby_dick:12`.
             */
            source: string;
            /** Tokens */
            tokens: components["schemas"]["TokenText"][];
        };
        /**
         * FeatureFiring
         * @description One feature along a run: the positions at which it fires.
         */
        FeatureFiring: {
            /**
             * Activations
             * @description [positions]: raw, to four digits.
             */
            activations: number[];
            /** Id */
            id: string;
            /**
             * Positions
             * @description Ascending. Position 0 never: an attention sink, whose activations compare with no others.
             */
            positions: number[];
            /**
             * Relative To
             * @description What the scale is: the feature's 1e-5 tail quantile in the atlas, or where it has none its largest activation
             *     in this run.
             * @enum {string}
             */
            relative_to: "tail quantile" | "largest here";
            /**
             * Scale
             * @description The raw activation, of the feature's own sign, that is a share of 1; 0 where it never has its sign.
             */
            scale: number;
            /**
             * Shares
             * @description [positions]: activation over scale, to three digits; past 1 where the tail quantile is exceeded.
             */
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
            /**
             * Features
             * @description Feature ids, each once.
             */
            features: string[];
            /** Id */
            id: string;
            /**
             * Name
             * @description No two sets have the same.
             */
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
            /**
             * Score
             * @description Below the least score, or without any.
             */
            score: number;
            /** Sign */
            sign: number;
            /**
             * Undescribed
             * @description There is no text to find them by.
             */
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
            /**
             * Scale
             * @description What `normalised` is measured in.
             */
            scale: string;
            /** Tokens */
            tokens: components["schemas"]["FiringToken"][];
            /**
             * Uninteresting Above
             * @description Left out as uninteresting, of those that stand above the last hit.
             */
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
            /**
             * Normalised
             * @description Activation over the feature's tail quantile.
             */
            normalised: number;
            /** Pos */
            pos: number;
            /** Score */
            score: number | null;
            /**
             * Similarity
             * @description Nothing is compared with a description.
             */
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
            /**
             * Ahead
             * @description For each question of the client that asks, in its order, while it waits: how many come before it.
             */
            ahead: number[];
            /**
             * Queue
             * @description Questions that wait, the one being answered not counted.
             */
            queue: number;
            /**
             * Status
             * @description `ok`: the subject answers questions; `loading`: they wait; `failed`: there is none.
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
            /**
             * Counts
             * @description The first and the last also count what lies beyond `low` and `high`.
             */
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
            /**
             * Keywords
             * @description Keyword score, as a share of what a text could reach; 0 where no word is shared.
             */
            keywords: number;
            /**
             * Output
             * @description What it promotes.
             */
            output: string | null;
            /**
             * Peaks
             * @description Mean cosine between the query and the words at which its first exemplars peak; 0 in a search by output.
             */
            peaks: number;
            /**
             * Score
             * @description How well the description predicts activations.
             */
            score: number | null;
            /**
             * Similarity
             * @description Cosine between the query and the text that ranks, at most 1.
             */
            similarity: number;
            /** Summary */
            summary: string | null;
            /**
             * Weak
             * @description Nothing in it is much like the query.
             */
            weak: boolean;
        };
        /**
         * Intervention
         * @description Set the activations of some features at some positions to a value.
         *
         *     With `value` (a raw activation) it holds whatever the activation is; with `strength` it follows `sign_rule`.
         */
        Intervention: {
            /**
             * Features
             * @description Feature ids; or else `query`.
             */
            features?: string[] | null;
            /**
             * K
             * @description How many features a query selects.
             */
            k?: number | null;
            /** Name */
            name?: string | null;
            /**
             * Positions
             * @description `prompt`, `all`, `generated`, or a half-open range `A:B`; position 0 only where a range names it.
             * @default prompt
             */
            positions: string;
            /**
             * Quantile
             * @description Tail the strength refers to; default 1e-5.
             */
            quantile?: number | null;
            /**
             * Query
             * @description A concept in words; needs an atlas with descriptions.
             */
            query?: string | null;
            /**
             * Sign Rule
             * @default own
             * @enum {string}
             */
            sign_rule: "own" | "any";
            /**
             * Strength
             * @description Value as a multiple of each feature's tail quantile; 0 suppresses and needs no atlas.
             */
            strength?: number | null;
            /**
             * Value
             * @description Raw activation.
             */
            value?: number | null;
        };
        /**
         * Joint
         * @description What several sites did for the target together: all set to 0 at once, and the subject run again.
         */
        Joint: {
            /** After */
            after: number;
            /**
             * Before
             * @description Log p(target), or with a contrast its distance to log p(contrast), in nats.
             */
            before: number;
            contrast: components["schemas"]["Target"] | null;
            /**
             * Effect
             * @description Before minus after, in nats; positive where they promoted it. Not the sum of the effects of each alone.
             */
            effect: number;
            /**
             * N Sites
             * @description Different ones: both signs of a unit at a position are one.
             */
            n_sites: number;
            /** @description In the run as it was. */
            target: components["schemas"]["Target"];
        };
        /**
         * JointRequest
         * @description Which sites to set to 0 together, for which token.
         */
        JointRequest: {
            /**
             * Contrast Id
             * @description A token that could have stood there instead.
             */
            contrast_id?: number | null;
            /**
             * Pos
             * @description Of the token, in the run.
             */
            pos: number;
            /** Sites */
            sites: components["schemas"]["NamedSite"][];
        };
        /**
         * JournalFacts
         * @description Where conversations are kept, and how much that is.
         */
        JournalFacts: {
            /**
             * Bytes
             * @description What the file and its write-ahead log take on the disk; null for other databases.
             */
            bytes: number | null;
            /** N Conversations */
            n_conversations: number;
            /**
             * Place
             * @description The SQLite file, or the database's URL without password.
             */
            place: string;
        };
        /**
         * Layer
         * @description One immutable part of an atlas: a folder of files.
         */
        Layer: {
            /**
             * Files
             * @description By name within the folder.
             */
            files: {
                [key: string]: components["schemas"]["FileInfo"];
            };
            /** Hash */
            hash: string;
            /**
             * Made From
             * @description Name and hash of everything it was computed from.
             */
            made_from: {
                [key: string]: string;
            };
        };
        /**
         * Layers
         * @description The parts of an atlas, by the name of their folder.
         */
        Layers: {
            /** @description Made from the evidence. */
            descriptions: components["schemas"]["Layer"] | null;
            evidence: components["schemas"]["Layer"];
            /** @description Made from the descriptions. */
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
            /**
             * Total
             * @description None where it is not known, as the others.
             */
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
             * @description Of the atlas.
             * @default
             */
            hash: string;
            layers: components["schemas"]["Layers"];
            layout: components["schemas"]["BatchLayout"];
            /** N Features */
            n_features: number;
            /**
             * N Tokens
             * @description Positions counted, all splits.
             */
            n_tokens: number;
            /** Seed */
            seed: number;
            /** Seq Len */
            seq_len: number;
            source: components["schemas"]["Source"];
            /**
             * Subject
             * @description Hash of the model's weights.
             */
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
            /**
             * Before
             * @description Probability, 0 to 1.
             */
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
            /**
             * Id
             * @description A feature of the unit, as in `mlp.12.3047.pos`.
             */
            id: string;
            /** Pos */
            pos: number;
        };
        /**
         * Neighbours
         * @description Features that fire alike.
         */
        Neighbours: {
            /**
             * Features
             * @description Most shared exemplars first; at least two.
             */
            features: components["schemas"]["AlikeFeature"][];
            /**
             * N Exemplars
             * @description Of the feature asked about.
             */
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
            /**
             * Logit
             * @description Change of its logit per unit of activation in the feature's sign, the final norm's scale left out.
             */
            logit: number;
            /** Text */
            text: string;
        };
        /**
         * Problem
         * @description What went wrong, why, and what to do instead.
         */
        Problem: {
            /**
             * Code
             * @description Stable; `docs/errors/<code>.md` says more.
             */
            code: string;
            /**
             * Detail
             * @description `what`, `why` and `instead` in one line.
             */
            detail: string;
            /** Instead */
            instead: string;
            /**
             * Request Id
             * @description Stands in the server's log.
             */
            request_id: string | null;
            /**
             * Retry After S
             * @description Only with `busy`.
             */
            retry_after_s: number | null;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /**
             * Type
             * @description `urn:pellucid:error:<code>`.
             */
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
            /**
             * Reached
             * @description False where the corpus is too small for this tail: `value` is the extreme.
             */
            reached: boolean;
            /**
             * Tail
             * @description The share.
             */
            tail: number;
            /**
             * Value
             * @description Raw and signed: negative for a `.neg` feature.
             */
            value: number;
        };
        /**
         * Queued
         * @description Waiting for the model; sent at once and whenever the place changes.
         */
        Queued: {
            /**
             * Position
             * @description Questions that come first, the one being answered included; 0 when its turn has come.
             */
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
            /**
             * High
             * @description The largest of the sets.
             */
            high: number;
            /**
             * Low
             * @description The smallest of the sets.
             */
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
             * @description Every random set's effect, in the order drawn.
             * @default []
             */
            effects: number[];
            /**
             * High
             * @description 97.5th percentile, nats.
             */
            high: number;
            /**
             * Low
             * @description 2.5th percentile, nats.
             */
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
            /**
             * Before
             * @description Without interventions.
             */
            before: number;
            /**
             * Random
             * @description With one set of matched random features; None where there is none.
             */
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
            /**
             * N Tokens
             * @description Of the reply, without those that were given.
             */
            n_tokens: number;
            /**
             * Repeats
             * @description Of a steered reply, the share of its 3-token runs that it has had before; None without interventions.
             */
            repeats: number | null;
            /**
             * Seconds
             * @description From the turn having come to the last token.
             */
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
            /**
             * Atlas
             * @description Hash of the evidence in the atlas that strengths were multiples of; None where no intervention had one but 0.
             */
            atlas: string | null;
            /** Conversation Id */
            conversation_id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Finish
             * @description None while running, and where the run failed.
             */
            finish: ("end" | "length" | "stopped") | null;
            /**
             * Given From
             * @description Tokens before this are a system turn that the template added by itself.
             */
            given_from: number;
            /** Id */
            id: string;
            /** Interventions */
            interventions: components["schemas"]["Intervention"][];
            /**
             * N Prompt
             * @description How many of `tokens` were read before the first was written.
             */
            n_prompt: number;
            /**
             * Reply
             * @description The whole turn, what it was given to begin with included, without markers; while running, what was committed.
             */
            reply: string;
            /**
             * Reply From
             * @description Where the reply begins. Tokens from here up to `n_prompt` were given; `n_prompt` where none was.
             */
            reply_from: number;
            settings: components["schemas"]["Sampling"];
            /**
             * State
             * @enum {string}
             */
            state: "running" | "done" | "stopped" | "failed";
            /**
             * Subject
             * @description Hash of the subject that ran.
             */
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
            /**
             * Features
             * @description In the order asked for, each once.
             */
            features: components["schemas"]["FeatureFiring"][];
            /**
             * Least
             * @description The smallest share that is told.
             */
            least: number;
        };
        /**
         * RunFiringRequest
         * @description Which features to follow along a run.
         */
        RunFiringRequest: {
            /**
             * Features
             * @description Their ids, as in `mlp.12.3047.pos`.
             */
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
            /**
             * Finish
             * @description None while running, and where the run failed.
             */
            finish: ("end" | "length" | "stopped") | null;
            /** Id */
            id: string;
            /** Interventions */
            interventions: components["schemas"]["Intervention"][];
            /**
             * Reply
             * @description The whole turn, what it was given to begin with included, without markers; while running, what was committed.
             */
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
             * @description Same seed, same subject, same prompt: same reply. Exact in JSON.
             * @default 0
             */
            seed: number;
            /**
             * Temperature
             * @description 0 is greedy.
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
             * @description What was done to the query.
             * @default []
             */
            notes: string[];
            /**
             * Searched
             * @description Features that were ranked.
             */
            searched: number;
            /**
             * Uninteresting Above
             * @description Of those filtered as uninteresting, how many would stand above the last hit.
             */
            uninteresting_above: number;
        };
        /**
         * Shift
         * @description How the next token's distribution in one run (after) differs from that in another (before).
         */
        Shift: {
            /**
             * Kl
             * @description Of the distribution after, from that before: the sum of p_after * log(p_after / p_before), in nats.
             */
            kl: number;
            /**
             * Tokens
             * @description Those whose probability moved most, the largest move first; none that did not move.
             */
            tokens: components["schemas"]["Moved"][];
        };
        /**
         * ShiftRequest
         * @description The run to compare with, which counts as the one before.
         */
        ShiftRequest: {
            /**
             * Other
             * @description Its id.
             */
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
            /**
             * By Layer
             * @description [layer]: the positive and the negative part of all its positions together, in nats, not in steps.
             */
            by_layer: [
                number,
                number
            ][];
            /**
             * By Position
             * @description [column]: the same of all layers together.
             */
            by_position: [
                number,
                number
            ][];
            /** Layers */
            layers: number[];
            /**
             * Method
             * @description Whose numbers are summed, those of all sites. `gradient`, `integrated`: estimates, as the method has them.
             *     `corrected`: estimates carried through the odds of the target; of the sites that were looked at closer, such as
             *     those listed, the number that they are listed with, measured for `n_measured` of them.
             * @enum {string}
             */
            method: "corrected" | "gradient" | "integrated";
            /** N Measured */
            n_measured: number;
            /**
             * Negative
             * @description [layer][column], in steps; at most 0.
             */
            negative: number[][];
            /**
             * Positive
             * @description [layer][column], in steps; at least 0.
             */
            positive: number[][];
            /**
             * Start
             * @description The position of the first column; that of the last is just before the target.
             */
            start: number;
            /**
             * Step
             * @description Nats. `positive` and `negative` are whole multiples of it: the largest of them is 999.
             */
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
            /**
             * Peak
             * @description Raw and signed.
             */
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
             * @description What the interventions that name a text stand for; the run keeps their features.
             * @default []
             */
            concepts: components["schemas"]["Concept"][];
            /**
             * Reply From
             * @description Where the reply begins: `tokens` from here on were given; their number where none was.
             */
            reply_from: number;
            /** Run Id */
            run_id: string;
            /**
             * Tokens
             * @description All that was read, what the reply was given to begin with included.
             */
            tokens: components["schemas"]["Token"][];
            /** Turn Id */
            turn_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "started";
            /**
             * User Turn Id
             * @description The user turn that was added; null where the last one is answered again.
             */
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
            /**
             * Logprob
             * @description In nats, in the run explained, interventions included; the sum over `tokens` where there are several.
             */
            logprob: number;
            /**
             * Pos
             * @description Where it stands, or would stand: the logits are read at `pos - 1`.
             */
            pos: number;
            /** Text */
            text: string;
            /**
             * Tokens
             * @description All tokens of a target of several, with `--target-all`; otherwise empty.
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
            /**
             * Logprob
             * @description Of this token, given all before it, in nats; None at position 0.
             */
            logprob: number | null;
            /**
             * Marker
             * @description True where the token belongs to the chat template, not to what anyone wrote.
             */
            marker: boolean;
            /** Pos */
            pos: number;
            /**
             * Role
             * @enum {string}
             */
            role: "system" | "user" | "assistant" | "text";
            /**
             * Text
             * @description Empty where the token is the beginning of a character that a later token completes.
             */
            text: string;
            /**
             * Top
             * @description The most likely tokens at this position, most likely first.
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
            /**
             * Text
             * @description Empty where the token is the beginning of a character that a later token completes.
             */
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
            /**
             * Share
             * @description Of all units of the subject, 0 to 1.
             */
            share: number;
        };
        /**
         * Traced
         * @description A feature along a text. Position 0 is an attention sink: its activation compares with no other.
         */
        Traced: {
            /** Id */
            id: string;
            /** @description What `normalised` is measured in; None without an atlas, and where the feature never fired. */
            quantile: components["schemas"]["Quantile"] | null;
            /** Tokens */
            tokens: components["schemas"]["TracedToken"][];
        };
        /**
         * TracedToken
         * @description One token of a text, with what a feature does there.
         */
        TracedToken: {
            /**
             * Activation
             * @description Of the feature's unit, raw: of the other sign where the feature is silent.
             */
            activation: number;
            /** Id */
            id: number;
            /**
             * Normalised
             * @description Activation over the feature's tail quantile; negative where the feature is silent. None without an atlas.
             */
            normalised: number | null;
            /** Pos */
            pos: number;
            /**
             * Text
             * @description Empty where the token is the beginning of a character that a later token completes.
             */
            text: string;
        };
        /**
         * Turn
         * @description One turn of a conversation.
         */
        Turn: {
            /**
             * Content
             * @description Of an assistant turn: the reply of its newest finished run, empty where none has finished.
             */
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
             * @description Every answer given at this place, oldest first; empty for user turns.
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
            /**
             * Before
             * @description Log p(target), or with a contrast its distance to log p(contrast), in nats.
             */
            before: number;
            contrast: components["schemas"]["Target"] | null;
            /**
             * Effect
             * @description Before minus after.
             */
            effect: number;
            /**
             * Kl
             * @description Of the next token's distribution after, from that before, in nats.
             */
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
            /**
             * Contrast Id
             * @description A token that could have stood there instead.
             */
            contrast_id?: number | null;
            /**
             * Features
             * @description Their ids, as in `mlp.12.3047.pos`.
             */
            features: string[];
            /**
             * Match
             * @description What a random feature shares with its model: layer, sign and decile of activation, or layer and sign.
             * @default activation
             * @enum {string}
             */
            match: "activation" | "layer";
            /**
             * N
             * @description Random sets to compare with.
             * @default 50
             */
            n: number;
            /**
             * Pos
             * @description Of the token, in the run.
             */
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
            /**
             * Contrast Id
             * @description A token that could have stood there instead.
             */
            contrast_id?: number | null;
            /**
             * Measure
             * @description How many of them are measured as well.
             * @default 20
             */
            measure: number;
            /**
             * Method
             * @description How effects are estimated.
             * @default corrected
             * @enum {string}
             */
            method: "corrected" | "gradient" | "integrated";
            /**
             * Pos
             * @description Of the token, in the run.
             */
            pos: number;
            /**
             * Top
             * @description Sites at most, the largest estimates first.
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
            header?: {
                /** @description Who asks, for fair turns; default: the address */
                "x-pellucid-client"?: string | null;
            };
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
            /** @description Unprocessable Entity */
            422: {
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
