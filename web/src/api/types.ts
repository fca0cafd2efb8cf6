/** The names the page uses for the API's shapes: the one place that follows the generated schema. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Alternative = Schemas["Alternative"];
export type Token = Schemas["Token"];
export type Target = Schemas["Target"];
export type Effect = Schemas["Effect"];
export type MeasuredEffect = Schemas["MeasuredEffect"];
export type Intervention = Schemas["Intervention"];
export type Verification = Schemas["Verification"];
export type Problem = Schemas["Problem"];
export type Progress = Schemas["LoadProgress"];
export type Subject = Schemas["SubjectState"];
export type Sampling = Schemas["Sampling"];
export type RunSummary = Schemas["RunSummary"];
export type Run = Schemas["RunDetail"];
export type ConversationSummary = Schemas["ConversationSummary"];
export type Conversation = Schemas["ConversationDetail"];
export type Card = Schemas["Card"];
export type Manifest = Schemas["Manifest"];
export type Exemplar = Schemas["Exemplar"];
export type ExactExemplar = Schemas["ExactExemplar"];
export type Histogram = Schemas["Histogram"];
export type Quantile = Schemas["Quantile"];
export type OutputToken = Schemas["OutputToken"];
export type Described = Schemas["DescriptionRecord"];
export type Hit = Schemas["Hit"];
export type SearchResult = Schemas["SearchResult"];
export type ExampleText = Schemas["ExampleText"];
export type Fired = Schemas["Fired"];
export type Concept = Schemas["Concept"];
export type Damage = Schemas["Damage"];
export type Neighbours = Schemas["Neighbours"];
export type Traced = Schemas["Traced"];
export type Started = Schemas["Started"];
export type ReplyEvent = Schemas["ReplyStreamEvent"];
export type WhyEvent = Schemas["WhyStreamEvent"];
