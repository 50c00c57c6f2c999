// Over 400 lines because it is made from the OpenAPI document: npm run sdk:types

export interface paths {
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server and its database answer */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All assistants */
        get: operations["getAssistants"];
        put?: never;
        /** Create: assistant */
        post: operations["postAssistants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One assistant */
        get: operations["getAssistantsOne"];
        put?: never;
        post?: never;
        /** Delete: assistant */
        delete: operations["deleteAssistantsOne"];
        options?: never;
        head?: never;
        /** Change: assistant; what is not named stays */
        patch: operations["patchAssistantsOne"];
        trace?: never;
    };
    "/api/v1/numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All numbers */
        get: operations["getNumbers"];
        put?: never;
        /** Create: number */
        post: operations["postNumbers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/numbers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One number */
        get: operations["getNumbersOne"];
        put?: never;
        post?: never;
        /** Delete: number */
        delete: operations["deleteNumbersOne"];
        options?: never;
        head?: never;
        /** Change: number; what is not named stays */
        patch: operations["patchNumbersOne"];
        trace?: never;
    };
    "/api/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls, the newest first */
        get: operations["getCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call, not wrapped */
        get: operations["getCallsOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/outbound": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call somebody, with a saved assistant, a saved one with changes, or a configuration for this call */
        post: operations["postCallsOutbound"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something, add to the model's context, hang up or transfer, while the call is in-progress */
        post: operations["postCallsOneControl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistants/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an assistant was before each change, today's first */
        get: operations["getAssistantsOneVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistants/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of an assistant, whole */
        get: operations["getAssistantsOneVersionsOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistants/{id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an assistant what it was; that is a new version. Secrets stay today's */
        post: operations["postAssistantsOneVersionsOneRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistants/{id}/tools/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a tool, saved or not, at its webhook as a call would, and see what was sent and what the model would read */
        post: operations["postAssistantsOneToolsTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/web-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a call for a browser, with a saved assistant, a saved one with changes, or a configuration for this call */
        post: operations["postWebCalls"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/web-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a call for a browser, with a saved assistant, a saved one with changes, or a configuration for this call */
        post: operations["postV1WebCalls"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a call went: SIP messages, audio, turns and their latency, decisions, webhooks */
        get: operations["getCallsOneTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/call.pcap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The call's SIP messages as a capture file for Wireshark */
        get: operations["getCallsOneCall.pcap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A recording, by the `recording_url` of its call; the signature is the permission */
        get: operations["getRecordingsOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The running calls and every change of them (server-sent events), whichever process carries them */
        get: operations["getCallsStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is said and done in a call, from its beginning and as it happens (server-sent events) */
        get: operations["getCallsOneStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything of a call on one axis: what was said and done, turns, webhooks, the recording */
        get: operations["getCallsOneTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/recording/peaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture of a call's recording: how loud each side is, in as many parts as are asked for */
        get: operations["getCallsOneRecordingPeaks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls, minutes, latency of turns and health of webhooks in a period, by the hour or the day */
        get: operations["getStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tool-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All tool templates */
        get: operations["getToolTemplates"];
        put?: never;
        /** Create: tool template */
        post: operations["postToolTemplates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tool-templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One tool template */
        get: operations["getToolTemplatesOne"];
        put?: never;
        post?: never;
        /** Delete: tool template */
        delete: operations["deleteToolTemplatesOne"];
        options?: never;
        head?: never;
        /** Change: tool template; what is not named stays */
        patch: operations["patchToolTemplatesOne"];
        trace?: never;
    };
    "/api/v1/analysis-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All analysis templates */
        get: operations["getAnalysisTemplates"];
        put?: never;
        /** Create: analysis template */
        post: operations["postAnalysisTemplates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis-templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One analysis template */
        get: operations["getAnalysisTemplatesOne"];
        put?: never;
        post?: never;
        /** Delete: analysis template */
        delete: operations["deleteAnalysisTemplatesOne"];
        options?: never;
        head?: never;
        /** Change: analysis template; what is not named stays */
        patch: operations["patchAnalysisTemplatesOne"];
        trace?: never;
    };
    "/api/v1/sip-trunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All trunks */
        get: operations["getSipTrunks"];
        put?: never;
        /** Create: trunk */
        post: operations["postSipTrunks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sip-trunks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One trunk */
        get: operations["getSipTrunksOne"];
        put?: never;
        post?: never;
        /** Delete: trunk */
        delete: operations["deleteSipTrunksOne"];
        options?: never;
        head?: never;
        /** Change: trunk; what is not named stays */
        patch: operations["patchSipTrunksOne"];
        trace?: never;
    };
    "/api/v1/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All workflows */
        get: operations["getWorkflows"];
        put?: never;
        /** Create: workflow */
        post: operations["postWorkflows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workflows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One workflow */
        get: operations["getWorkflowsOne"];
        put?: never;
        post?: never;
        /** Delete: workflow */
        delete: operations["deleteWorkflowsOne"];
        options?: never;
        head?: never;
        /** Change: workflow; what is not named stays */
        patch: operations["patchWorkflowsOne"];
        trace?: never;
    };
    "/api/v1/byok": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For which services the organization has keys of its own */
        get: operations["getByok"];
        put?: never;
        /** Set or replace the key of a service */
        post: operations["postByok"];
        /** Remove the key of a service; the server's own is used again */
        delete: operations["deleteByok"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/byok/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Settings beside a key, merged into those that are there */
        post: operations["postByokConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The voices of this server that need no key */
        get: operations["getVoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers, models, voices, ranges and schemas that assistants are checked against */
        get: operations["getCatalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All campaigns */
        get: operations["getCampaigns"];
        put?: never;
        /** Create: campaign */
        post: operations["postCampaigns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campaign */
        get: operations["getCampaignsOne"];
        put?: never;
        post?: never;
        /** Delete: campaign */
        delete: operations["deleteCampaignsOne"];
        options?: never;
        head?: never;
        /** Change: campaign; what is not named stays */
        patch: operations["patchCampaignsOne"];
        trace?: never;
    };
    "/api/v1/campaigns/{id}/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All leads of a campaign, the oldest first */
        get: operations["getCampaignsOneLeads"];
        put?: never;
        /** Add a lead */
        post: operations["postCampaignsOneLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/leads/{leadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a lead that is not being called */
        delete: operations["deleteCampaignsOneLeadsOne"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was talked, the latest first, with a summary of the whole period */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mcp-servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All mcp servers */
        get: operations["getMcpServers"];
        put?: never;
        /** Create: mcp server */
        post: operations["postMcpServers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mcp-servers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One mcp server */
        get: operations["getMcpServersOne"];
        put?: never;
        post?: never;
        /** Delete: mcp server */
        delete: operations["deleteMcpServersOne"];
        options?: never;
        head?: never;
        /** Change: mcp server; what is not named stays */
        patch: operations["patchMcpServersOne"];
        trace?: never;
    };
    "/api/v1/mcp-servers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Connect and list the server's tools; whatever comes of that is the answer */
        post: operations["postMcpServersOneTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organization of the API key, not wrapped */
        get: operations["getOrganizations"];
        put?: never;
        /** Create an organization, or with parent_org_id a child; its API key is shown once. Who has signed in becomes its owner */
        post: operations["postOrganizations"];
        delete?: never;
        options?: never;
        head?: never;
        /** How long the content and the metadata of calls are kept; and the name */
        patch: operations["patchOrganizations"];
        trace?: never;
    };
    "/api/v1/organizations/{id}/minutes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set the balance of an organization that pays for itself; null: unlimited */
        patch: operations["patchOrganizationsOneMinutes"];
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of the organization, or of a child; never the keys themselves */
        get: operations["getApiKeys"];
        put?: never;
        /** Make a key, which is shown this once */
        post: operations["postApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key; it stays in the list */
        delete: operations["deleteApiKeysOne"];
        options?: never;
        head?: never;
        /** Rename a key */
        patch: operations["patchApiKeysOne"];
        trace?: never;
    };
    "/api/v1/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organization's domain, or null */
        get: operations["getDomains"];
        put?: never;
        /** Create the organization's domain at Resend, with the DNS records that it wants */
        post: operations["postDomains"];
        /** Delete the domain, here and at Resend */
        delete: operations["deleteDomains"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/domains/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have Resend look at the DNS again; `refresh` tells what came of it */
        post: operations["postDomainsVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/domains/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fetch the domain's state from Resend */
        post: operations["postDomainsRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/domains/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The domains of the organization's Resend account */
        get: operations["getDomainsSync"];
        put?: never;
        /** Choose one of them, in the place of the one before */
        post: operations["postDomainsSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reports by e-mail and what became of them, the newest first */
        get: operations["getEmails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account webhook */
        get: operations["getSettingsWebhook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the account webhook; a secret of null makes a new one */
        patch: operations["patchSettingsWebhook"];
        trace?: never;
    };
    "/api/v1/settings/webhook/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the account's secret; the old one goes on signing beside it for a while */
        post: operations["postSettingsWebhookRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistants/{id}/webhook/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace an assistant's secret */
        post: operations["postAssistantsOneWebhookRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/webhook/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an example of an event to the account webhook, by the path of a delivery */
        post: operations["postSettingsWebhookTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistants/{id}/webhook/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an example of an event to where this assistant's go */
        post: operations["postAssistantsOneWebhookTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent, the newest first */
        get: operations["getWebhookEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events as they happen (server-sent events), each with headers signed at this moment; with attempts=true every attempt too */
        get: operations["getWebhookEventsStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-events/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send many events again; with dry_run, only count them */
        post: operations["postWebhookEventsReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event, with its body */
        get: operations["getWebhookEventsOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-events/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every request that was made for an event, explained */
        get: operations["getWebhookEventsOneAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send one event again: same id, same bytes, new signature */
        post: operations["postWebhookEventsOneReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a bulk replay is */
        get: operations["getWebhookReplaysOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-replays/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause a bulk replay */
        post: operations["postWebhookReplaysOnePause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-replays/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with a bulk replay */
        post: operations["postWebhookReplaysOneResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where events go, and how each place is doing */
        get: operations["getWebhookEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One endpoint */
        get: operations["getWebhookEndpointsOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Switch an endpoint on or off */
        patch: operations["patchWebhookEndpointsOne"];
        trace?: never;
    };
    "/api/v1/operational-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody should know of: endpoints that were disabled */
        get: operations["getOperationalEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who has signed in, with their organizations and roles */
        get: operations["getSession"];
        put?: never;
        /** Sign in: the answer sets an http-only cookie, which the other operations then take instead of a key */
        post: operations["postSession"];
        /** Sign out */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        /** Look at another organization */
        patch: operations["patchSession"];
        trace?: never;
    };
    "/api/v1/links/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a one-time link is for */
        post: operations["postLinksLook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Use a one-time link up, and sign in: the first owner, somebody invited, a new password */
        post: operations["postLinksAccept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change your name */
        patch: operations["patchMe"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change your password; your other sessions end */
        post: operations["postMePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin with a second factor: a secret for an authenticator app, in force once it is confirmed */
        post: operations["postMeTotp"];
        /** Remove the second factor */
        delete: operations["deleteMeTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove that the app shows the right code: from now on it is asked for */
        post: operations["postMeTotpConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New recovery codes instead of those before */
        post: operations["postMeRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where you have signed in, the latest used first */
        get: operations["getMeSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of your sessions */
        delete: operations["deleteMeSessionsOne"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people of the organization */
        get: operations["getMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove somebody from the organization; their account stays */
        delete: operations["deleteMembersOne"];
        options?: never;
        head?: never;
        /** Change somebody's role; the last owner stays one */
        patch: operations["patchMembersOne"];
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations that nobody has taken yet */
        get: operations["getInvitations"];
        put?: never;
        /** Invite somebody: a link that works once, for a week; e-mailed where e-mail is configured */
        post: operations["postInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an invitation back */
        delete: operations["deleteInvitationsOne"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody of the installation */
        get: operations["getUsers"];
        put?: never;
        /** Make an account, as a member of an organization */
        post: operations["postUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set a password, or remove a lost second factor; the person's sessions end */
        patch: operations["patchUsersOne"];
        trace?: never;
    };
    "/api/v1/users/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A link that works once, for a day, by which somebody sets a new password */
        post: operations["postUsersOneLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/welcome-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The link for the first visitor, who becomes the installation's owner */
        post: operations["postUsersWelcomeLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, when and from where, the latest first; `action` finds one, or all of a noun */
        get: operations["getAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "assistant-request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How is this call to be answered? Answered within 5 s, or the saved assistant takes it. */
        post: operations["on-assistant-request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "tool-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a tool while the caller waits. Answered within 10 s. */
        post: operations["on-tool-calls"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "status-update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The call's status has changed. The answer's body is ignored. */
        post: operations["on-status-update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "end-of-call-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The call is over: summary, transcript, duration. The answer's body is ignored. */
        post: operations["on-end-of-call-report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description `details` has one line for each problem: field, what is wrong, what is allowed. */
        Error: {
            error: string;
            message?: string;
            details?: string[];
            /** @description Of the list in docs/reference/errors.md. */
            code: string;
            request_id?: string;
        };
        /** @description All fields of the request, as they were stored. */
        Assistant: {
            /** Format: uuid */
            id: string;
            name: string;
            business_name: string | null;
            notification_email: string | null;
            notification_emails: string[] | null;
            recording_consent: ({
                enabled: boolean;
                message: string;
            } & {
                [key: string]: unknown;
            }) | null;
            first_message: string | null;
            is_active: boolean;
            max_duration_seconds: number | null;
            autonomous_silence_handling: boolean;
            silence_timeout_seconds: number;
            voicemail_detection: boolean | null;
            voicemail_message: string | null;
            gdpr_mode: boolean;
            webhook_url: string | null;
            webhook_secret: string | null;
            webhook_events: ("assistant-request" | "tool-calls" | "status-update" | "end-of-call-report")[] | null;
            analysis_plan: {
                [key: string]: unknown;
            } | null;
            stt_config?: {
                provider: string;
                model?: string;
            } & {
                [key: string]: unknown;
            };
            llm_config: {
                provider: string;
                model?: string;
            } & {
                [key: string]: unknown;
            };
            tts_config: ({
                provider: string;
                model?: string;
            } & {
                [key: string]: unknown;
            }) | null;
            speech_config: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        } & {
            [key: string]: unknown;
        };
        AssistantCreate: {
            name: string;
            business_name?: string | null;
            notification_email?: string | null;
            first_message?: string | null;
            is_active?: boolean;
            max_duration_seconds?: number | null;
            autonomous_silence_handling?: boolean;
            silence_timeout_seconds?: number;
            voicemail_detection?: boolean | null;
            voicemail_message?: string | null;
            gdpr_mode?: boolean;
            webhook_url?: string | null;
            webhook_fallback_url?: string | null;
            webhook_secret?: string | null;
            webhook_events?: ("assistant-request" | "tool-calls" | "status-update" | "end-of-call-report")[] | null;
            analysis_plan?: ({
                structured_data_plan?: ({
                    enabled?: boolean;
                    schema?: {
                        [key: string]: unknown;
                    } | null;
                    messages?: ({
                        /** @enum {string} */
                        role: "system" | "user";
                        content: string;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                min_messages_threshold?: number | null;
            } & {
                [key: string]: unknown;
            }) | null;
            stt_config?: ({
                /** @constant */
                provider: "deepgram";
                /** @enum {string} */
                model: "nova-3" | "nova-3-general";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                keyterms?: string[];
                smart_format?: boolean;
                endpointing?: number;
                numerals?: boolean;
                filler_words?: boolean;
                utterance_end_ms?: number;
                no_delay?: boolean;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "elevenlabs";
                /** @enum {string} */
                model: "scribe_v2_realtime";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                tag_audio_events?: boolean;
                include_timestamps?: boolean;
                /** @enum {number} */
                sample_rate?: 16000 | 8000;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "gladia";
                /** @enum {string} */
                model: "solaria-1";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                languages?: string[];
                code_switching?: boolean;
                /** @enum {string} */
                region?: "eu-west" | "us-west";
                endpointing?: number;
                custom_vocabulary?: string[];
                translation_enabled?: boolean;
                translation_target_languages?: string[];
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "mistral";
                /** @enum {string} */
                model: "voxtral-mini-latest";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google";
                /** @enum {string} */
                model: "chirp_3";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "openai";
                model: string;
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "scripted";
                /** @enum {string} */
                model: "script-1";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                utterances: string[];
            } & {
                [key: string]: unknown;
            });
            llm_config?: ({
                /** @constant */
                provider: "openai";
                /** @enum {string} */
                model: "gpt-5.4" | "gpt-5.4-mini" | "gpt-5.4-nano" | "gpt-5.2" | "gpt-5.1" | "gpt-5" | "gpt-5-mini" | "gpt-5-nano" | "gpt-4.1" | "gpt-4.1-mini" | "gpt-4.1-nano" | "gpt-5.6-luna" | "gpt-5.6-terra" | "gpt-5.6-sol" | "gpt-4o-mini";
                max_completion_tokens?: number;
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "xai";
                /** @enum {string} */
                model: "grok-4.3";
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "mistral";
                /** @enum {string} */
                model: "mistral-medium-latest" | "mistral-small-latest" | "mistral-large-latest" | "ministral-8b-latest" | "ministral-14b-latest" | "ministral-3b-latest";
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google";
                /** @enum {string} */
                model: "gemini-3.5-flash-lite" | "gemini-3.5-flash" | "gemini-2.5-flash-lite" | "gemini-2.5-flash";
                max_completion_tokens?: number;
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google_realtime";
                /** @enum {string} */
                model: "gemini-live-2.5-flash-native-audio" | "gemini-2.5-flash-native-audio-preview-12-2025" | "gemini-3.1-flash-live-preview" | "gemini-3.8-live";
                /** @enum {string} */
                voice?: "Puck" | "Achernar" | "Achird" | "Algenib" | "Algieba" | "Alnilam" | "Aoede" | "Autonoe" | "Callirrhoe" | "Charon" | "Despina" | "Enceladus" | "Erinome" | "Fenrir" | "Gacrux" | "Iapetus" | "Kore" | "Laomedeia" | "Leda" | "Orus" | "Pulcherrima" | "Rasalgethi" | "Sadachbia" | "Sadaltager" | "Schedar" | "Sulafat" | "Umbriel" | "Vindemiatrix" | "Zephyr" | "Zubenelgenubi";
                vertexai?: boolean;
                location?: string;
                max_output_tokens?: number;
                analysis_model?: string;
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "xai_realtime";
                /** @enum {string} */
                model: "grok-voice-think-fast-2.0";
                /** @enum {string} */
                voice?: "ara" | "eve" | "leo" | "rex" | "sal" | "altair" | "atlas" | "carina" | "castor" | "celeste" | "cosmo" | "helios" | "helix" | "iris" | "kepler" | "lumen" | "luna" | "lux" | "naksh" | "orion" | "perseus" | "rigel" | "sirius" | "ursa" | "zagan" | "zenith";
                turn_detection?: ({
                    threshold?: number;
                    prefix_padding_ms?: number;
                    silence_duration_ms?: number;
                    idle_timeout_ms?: number;
                } & {
                    [key: string]: unknown;
                }) | null;
                /** @enum {string} */
                reasoning_effort?: "none" | "high";
                speed?: number;
                transcription?: ({
                    language_hint?: string | null;
                    keyterms?: string[];
                } & {
                    [key: string]: unknown;
                }) | null;
                provider_tools?: (({
                    /** @constant */
                    type: "web_search";
                } & {
                    [key: string]: unknown;
                }) | ({
                    /** @constant */
                    type: "x_search";
                    allowed_x_handles?: string[];
                } & {
                    [key: string]: unknown;
                }) | ({
                    /** @constant */
                    type: "file_search";
                    vector_store_ids: string[];
                    max_num_results?: number;
                } & {
                    [key: string]: unknown;
                }))[];
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "openai_live";
                /** @enum {string} */
                model: "gpt-live-1";
                /** @enum {string} */
                voice?: "marin" | "beacon" | "cinder" | "stone" | "vesper";
                delegation?: ({
                    /** @enum {string} */
                    model?: "gpt-5.6-luna";
                    instructions?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "scripted";
                /** @enum {string} */
                model: "script-1";
                script: ({
                    /** @enum {string} */
                    on: "user" | "tool" | "digits" | "node";
                    match: string;
                    say?: string;
                    tool?: {
                        name: string;
                        arguments?: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                    end?: boolean;
                } & {
                    [key: string]: unknown;
                })[];
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            });
            tts_config?: (({
                /** @enum {string} */
                provider: "elevenlabs" | "11labs";
                /** @enum {string} */
                model?: "eleven_flash_v2_5" | "eleven_v4_turbo" | "eleven_v4" | "eleven_v3" | "eleven_multilingual_v2" | "eleven_turbo_v2_5";
                voice_id: string;
                stability?: number;
                similarity_boost?: number;
                style?: number;
                use_speaker_boost?: boolean;
                speed?: number;
                /** @enum {string} */
                apply_text_normalization?: "auto" | "on" | "off";
                apply_language_text_normalization?: boolean;
                language?: string | null;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "inworld";
                /** @enum {string} */
                model?: "inworld-tts-2" | "inworld-tts-2-flash" | "inworld-tts-1.5-max" | "inworld-tts-1.5-mini";
                voice_id: string;
                language?: string | null;
                speed?: number;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google";
                /** @enum {string} */
                model?: "gemini-3.1-flash-tts-preview" | "gemini-2.5-flash-preview-tts" | "gemini-2.5-pro-preview-tts" | "chirp-3-hd";
                /** @enum {string} */
                voice_id: "Kore" | "Achernar" | "Achird" | "Algenib" | "Algieba" | "Alnilam" | "Aoede" | "Autonoe" | "Callirrhoe" | "Charon" | "Despina" | "Enceladus" | "Erinome" | "Fenrir" | "Gacrux" | "Iapetus" | "Laomedeia" | "Leda" | "Orus" | "Puck" | "Pulcherrima" | "Rasalgethi" | "Sadachbia" | "Sadaltager" | "Schedar" | "Sulafat" | "Umbriel" | "Vindemiatrix" | "Zephyr" | "Zubenelgenubi";
                instructions?: string | null;
                language?: string | null;
                speaking_rate?: number;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "xai";
                /** @enum {string} */
                voice_id: "ara" | "eve" | "leo" | "rex" | "sal" | "altair" | "atlas" | "carina" | "castor" | "celeste" | "cosmo" | "helios" | "helix" | "iris" | "kepler" | "lumen" | "luna" | "lux" | "naksh" | "orion" | "perseus" | "rigel" | "sirius" | "ursa" | "zagan" | "zenith";
                language?: string | null;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "voicedock";
                /** @enum {string} */
                model?: "voicedock-1";
                /** @enum {string} */
                voice_id: "voicedock";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "openai";
                model?: string;
                voice_id: string;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "local";
                voice_id: string;
            } & {
                [key: string]: unknown;
            })) | null;
            speech_config?: ({
                turn_taking?: ({
                    endpointing_min_delay?: number;
                    endpointing_max_delay?: number;
                    interruption_min_duration?: number;
                    interruption_min_words?: number;
                    false_interruption_timeout?: number | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                pronunciation?: ({
                    from: string;
                    to: string;
                } & {
                    [key: string]: unknown;
                })[] | null;
                background_audio?: ({
                    enabled?: boolean;
                    /** @enum {string} */
                    clip?: "office" | "city" | "forest" | "crowded_room";
                    volume?: number;
                } & {
                    [key: string]: unknown;
                }) | null;
                silence?: ({
                    messages?: string[];
                    final_message?: string | null;
                    first_check_seconds?: number;
                    interval_seconds?: number;
                    max_attempts?: number;
                } & {
                    [key: string]: unknown;
                }) | null;
                end_call_message?: string | null;
                first_message_outbound?: string | null;
                end_call_phrases?: string[] | null;
            } & {
                [key: string]: unknown;
            }) | null;
            postcall_stt?: (({
                /** @constant */
                provider: "elevenlabs";
                /** @enum {string} */
                model: "scribe_v2";
                /** @enum {string} */
                language?: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "deepgram";
                /** @enum {string} */
                model: "nova-3" | "nova-3-general";
                /** @enum {string} */
                language?: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            })) | null;
            postcall_llm?: (({
                /** @constant */
                provider: "openai";
                /** @enum {string} */
                model: "gpt-5.4-mini";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "xai";
                /** @enum {string} */
                model: "grok-4.3";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "mistral";
                /** @enum {string} */
                model: "mistral-medium-latest";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google";
                /** @enum {string} */
                model: "gemini-2.5-flash-lite";
            } & {
                [key: string]: unknown;
            })) | null;
            metadata?: unknown;
            recording?: {
                enabled: boolean;
            } | null;
            notification_emails?: null;
            recording_consent?: null;
        };
        AssistantUpdate: {
            name?: string;
            business_name?: string | null;
            notification_email?: string | null;
            first_message?: string | null;
            is_active?: boolean;
            max_duration_seconds?: number | null;
            autonomous_silence_handling?: boolean;
            silence_timeout_seconds?: number;
            voicemail_detection?: boolean | null;
            voicemail_message?: string | null;
            gdpr_mode?: boolean;
            webhook_url?: string | null;
            webhook_fallback_url?: string | null;
            webhook_secret?: string | null;
            webhook_events?: ("assistant-request" | "tool-calls" | "status-update" | "end-of-call-report")[] | null;
            analysis_plan?: ({
                structured_data_plan?: ({
                    enabled?: boolean;
                    schema?: {
                        [key: string]: unknown;
                    } | null;
                    messages?: ({
                        /** @enum {string} */
                        role: "system" | "user";
                        content: string;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                min_messages_threshold?: number | null;
            } & {
                [key: string]: unknown;
            }) | null;
            stt_config?: ({
                /** @constant */
                provider: "deepgram";
                /** @enum {string} */
                model: "nova-3" | "nova-3-general";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                keyterms?: string[];
                smart_format?: boolean;
                endpointing?: number;
                numerals?: boolean;
                filler_words?: boolean;
                utterance_end_ms?: number;
                no_delay?: boolean;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "elevenlabs";
                /** @enum {string} */
                model: "scribe_v2_realtime";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                tag_audio_events?: boolean;
                include_timestamps?: boolean;
                /** @enum {number} */
                sample_rate?: 16000 | 8000;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "gladia";
                /** @enum {string} */
                model: "solaria-1";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                languages?: string[];
                code_switching?: boolean;
                /** @enum {string} */
                region?: "eu-west" | "us-west";
                endpointing?: number;
                custom_vocabulary?: string[];
                translation_enabled?: boolean;
                translation_target_languages?: string[];
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "mistral";
                /** @enum {string} */
                model: "voxtral-mini-latest";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google";
                /** @enum {string} */
                model: "chirp_3";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "openai";
                model: string;
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "scripted";
                /** @enum {string} */
                model: "script-1";
                /** @enum {string} */
                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                utterances: string[];
            } & {
                [key: string]: unknown;
            });
            llm_config?: ({
                /** @constant */
                provider: "openai";
                /** @enum {string} */
                model: "gpt-5.4" | "gpt-5.4-mini" | "gpt-5.4-nano" | "gpt-5.2" | "gpt-5.1" | "gpt-5" | "gpt-5-mini" | "gpt-5-nano" | "gpt-4.1" | "gpt-4.1-mini" | "gpt-4.1-nano" | "gpt-5.6-luna" | "gpt-5.6-terra" | "gpt-5.6-sol" | "gpt-4o-mini";
                max_completion_tokens?: number;
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "xai";
                /** @enum {string} */
                model: "grok-4.3";
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "mistral";
                /** @enum {string} */
                model: "mistral-medium-latest" | "mistral-small-latest" | "mistral-large-latest" | "ministral-8b-latest" | "ministral-14b-latest" | "ministral-3b-latest";
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google";
                /** @enum {string} */
                model: "gemini-3.5-flash-lite" | "gemini-3.5-flash" | "gemini-2.5-flash-lite" | "gemini-2.5-flash";
                max_completion_tokens?: number;
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google_realtime";
                /** @enum {string} */
                model: "gemini-live-2.5-flash-native-audio" | "gemini-2.5-flash-native-audio-preview-12-2025" | "gemini-3.1-flash-live-preview" | "gemini-3.8-live";
                /** @enum {string} */
                voice?: "Puck" | "Achernar" | "Achird" | "Algenib" | "Algieba" | "Alnilam" | "Aoede" | "Autonoe" | "Callirrhoe" | "Charon" | "Despina" | "Enceladus" | "Erinome" | "Fenrir" | "Gacrux" | "Iapetus" | "Kore" | "Laomedeia" | "Leda" | "Orus" | "Pulcherrima" | "Rasalgethi" | "Sadachbia" | "Sadaltager" | "Schedar" | "Sulafat" | "Umbriel" | "Vindemiatrix" | "Zephyr" | "Zubenelgenubi";
                vertexai?: boolean;
                location?: string;
                max_output_tokens?: number;
                analysis_model?: string;
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "xai_realtime";
                /** @enum {string} */
                model: "grok-voice-think-fast-2.0";
                /** @enum {string} */
                voice?: "ara" | "eve" | "leo" | "rex" | "sal" | "altair" | "atlas" | "carina" | "castor" | "celeste" | "cosmo" | "helios" | "helix" | "iris" | "kepler" | "lumen" | "luna" | "lux" | "naksh" | "orion" | "perseus" | "rigel" | "sirius" | "ursa" | "zagan" | "zenith";
                turn_detection?: ({
                    threshold?: number;
                    prefix_padding_ms?: number;
                    silence_duration_ms?: number;
                    idle_timeout_ms?: number;
                } & {
                    [key: string]: unknown;
                }) | null;
                /** @enum {string} */
                reasoning_effort?: "none" | "high";
                speed?: number;
                transcription?: ({
                    language_hint?: string | null;
                    keyterms?: string[];
                } & {
                    [key: string]: unknown;
                }) | null;
                provider_tools?: (({
                    /** @constant */
                    type: "web_search";
                } & {
                    [key: string]: unknown;
                }) | ({
                    /** @constant */
                    type: "x_search";
                    allowed_x_handles?: string[];
                } & {
                    [key: string]: unknown;
                }) | ({
                    /** @constant */
                    type: "file_search";
                    vector_store_ids: string[];
                    max_num_results?: number;
                } & {
                    [key: string]: unknown;
                }))[];
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "openai_live";
                /** @enum {string} */
                model: "gpt-live-1";
                /** @enum {string} */
                voice?: "marin" | "beacon" | "cinder" | "stone" | "vesper";
                delegation?: ({
                    /** @enum {string} */
                    model?: "gpt-5.6-luna";
                    instructions?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "scripted";
                /** @enum {string} */
                model: "script-1";
                script: ({
                    /** @enum {string} */
                    on: "user" | "tool" | "digits" | "node";
                    match: string;
                    say?: string;
                    tool?: {
                        name: string;
                        arguments?: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                    end?: boolean;
                } & {
                    [key: string]: unknown;
                })[];
                temperature?: number;
                messages?: ({
                    /** @enum {string} */
                    role: "system" | "user" | "assistant";
                    content: string;
                } & {
                    [key: string]: unknown;
                })[];
                tools?: unknown;
            } & {
                [key: string]: unknown;
            });
            tts_config?: (({
                /** @enum {string} */
                provider: "elevenlabs" | "11labs";
                /** @enum {string} */
                model?: "eleven_flash_v2_5" | "eleven_v4_turbo" | "eleven_v4" | "eleven_v3" | "eleven_multilingual_v2" | "eleven_turbo_v2_5";
                voice_id: string;
                stability?: number;
                similarity_boost?: number;
                style?: number;
                use_speaker_boost?: boolean;
                speed?: number;
                /** @enum {string} */
                apply_text_normalization?: "auto" | "on" | "off";
                apply_language_text_normalization?: boolean;
                language?: string | null;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "inworld";
                /** @enum {string} */
                model?: "inworld-tts-2" | "inworld-tts-2-flash" | "inworld-tts-1.5-max" | "inworld-tts-1.5-mini";
                voice_id: string;
                language?: string | null;
                speed?: number;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google";
                /** @enum {string} */
                model?: "gemini-3.1-flash-tts-preview" | "gemini-2.5-flash-preview-tts" | "gemini-2.5-pro-preview-tts" | "chirp-3-hd";
                /** @enum {string} */
                voice_id: "Kore" | "Achernar" | "Achird" | "Algenib" | "Algieba" | "Alnilam" | "Aoede" | "Autonoe" | "Callirrhoe" | "Charon" | "Despina" | "Enceladus" | "Erinome" | "Fenrir" | "Gacrux" | "Iapetus" | "Laomedeia" | "Leda" | "Orus" | "Puck" | "Pulcherrima" | "Rasalgethi" | "Sadachbia" | "Sadaltager" | "Schedar" | "Sulafat" | "Umbriel" | "Vindemiatrix" | "Zephyr" | "Zubenelgenubi";
                instructions?: string | null;
                language?: string | null;
                speaking_rate?: number;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "xai";
                /** @enum {string} */
                voice_id: "ara" | "eve" | "leo" | "rex" | "sal" | "altair" | "atlas" | "carina" | "castor" | "celeste" | "cosmo" | "helios" | "helix" | "iris" | "kepler" | "lumen" | "luna" | "lux" | "naksh" | "orion" | "perseus" | "rigel" | "sirius" | "ursa" | "zagan" | "zenith";
                language?: string | null;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "voicedock";
                /** @enum {string} */
                model?: "voicedock-1";
                /** @enum {string} */
                voice_id: "voicedock";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "openai";
                model?: string;
                voice_id: string;
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "local";
                voice_id: string;
            } & {
                [key: string]: unknown;
            })) | null;
            speech_config?: ({
                turn_taking?: ({
                    endpointing_min_delay?: number;
                    endpointing_max_delay?: number;
                    interruption_min_duration?: number;
                    interruption_min_words?: number;
                    false_interruption_timeout?: number | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                pronunciation?: ({
                    from: string;
                    to: string;
                } & {
                    [key: string]: unknown;
                })[] | null;
                background_audio?: ({
                    enabled?: boolean;
                    /** @enum {string} */
                    clip?: "office" | "city" | "forest" | "crowded_room";
                    volume?: number;
                } & {
                    [key: string]: unknown;
                }) | null;
                silence?: ({
                    messages?: string[];
                    final_message?: string | null;
                    first_check_seconds?: number;
                    interval_seconds?: number;
                    max_attempts?: number;
                } & {
                    [key: string]: unknown;
                }) | null;
                end_call_message?: string | null;
                first_message_outbound?: string | null;
                end_call_phrases?: string[] | null;
            } & {
                [key: string]: unknown;
            }) | null;
            postcall_stt?: (({
                /** @constant */
                provider: "elevenlabs";
                /** @enum {string} */
                model: "scribe_v2";
                /** @enum {string} */
                language?: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "deepgram";
                /** @enum {string} */
                model: "nova-3" | "nova-3-general";
                /** @enum {string} */
                language?: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
            } & {
                [key: string]: unknown;
            })) | null;
            postcall_llm?: (({
                /** @constant */
                provider: "openai";
                /** @enum {string} */
                model: "gpt-5.4-mini";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "xai";
                /** @enum {string} */
                model: "grok-4.3";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "mistral";
                /** @enum {string} */
                model: "mistral-medium-latest";
            } & {
                [key: string]: unknown;
            }) | ({
                /** @constant */
                provider: "google";
                /** @enum {string} */
                model: "gemini-2.5-flash-lite";
            } & {
                [key: string]: unknown;
            })) | null;
            metadata?: unknown;
            recording?: {
                enabled: boolean;
            } | null;
            notification_emails?: string[] | null;
            recording_consent?: ({
                enabled: boolean;
                message: string;
            } & {
                [key: string]: unknown;
            }) | null;
        };
        Number: {
            /** Format: uuid */
            id: string;
            phone_number: string;
            name: string | null;
            agent_id: string | null;
            agent_name: string | null;
            business_name: string | null;
            transfer_trunk_id: string | null;
            transfer_trunk_name: string | null;
            workflow_id: string | null;
            workflow_name: string | null;
            source: string;
            is_active: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Call: {
            /** Format: uuid */
            id: string;
            caller_phone: string | null;
            assistant_phone: string | null;
            status: string;
            /** @enum {string} */
            direction: "inbound" | "outbound" | "web";
            end_reason: string | null;
            error: string | null;
            started_at: string | null;
            ended_at: string | null;
            duration_seconds: number | null;
            summary: string | null;
            analysis_result: {
                [key: string]: unknown;
            } | null;
            messages: {
                role: string;
                content: string;
            }[];
            /** @description Of web calls: the room that the browser was in. */
            room_name: string | null;
            recording_url: string | null;
            agent_id: string | null;
            number_id: string | null;
            agent_name: string | null;
            business_name: string | null;
            phone_number: string | null;
            /** @description Extension: which version of the assistant it ran by. */
            agent_version: number | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Pagination: {
            total: number;
            limit: number;
            offset: number;
        };
        AssistantVersionSummary: {
            /** @description From 1; the highest is today's. */
            version: number;
            name: string;
            /** @description Who made this version; `name` is the key's, or the person's address. */
            changed_by: {
                /** @enum {string} */
                type: "api_key" | "person";
                /** Format: uuid */
                id: string;
                name: string | null;
            } | null;
            /** Format: date-time */
            created_at: string;
        };
        /** @description Secrets of tools are null. */
        AssistantVersion: {
            /** @description From 1; the highest is today's. */
            version: number;
            name: string;
            /** @description Who made this version; `name` is the key's, or the person's address. */
            changed_by: {
                /** @enum {string} */
                type: "api_key" | "person";
                /** Format: uuid */
                id: string;
                name: string | null;
            } | null;
            /** Format: date-time */
            created_at: string;
            configuration: {
                name: string;
            } & {
                [key: string]: unknown;
            };
        };
        ToolTest: {
            /** Format: uuid */
            webhook_event_id: string;
            tool_call_id: string;
            /** @enum {string} */
            outcome: "result" | "error";
            /** @description What a model would be told. */
            model_reads: unknown;
            /** @description What was sent; `message.test` is true. */
            request_body: unknown;
            /** @description None: there was nowhere to send it. */
            attempts: components["schemas"]["WebhookAttempt"][];
        };
        WebhookAttempt: {
            /** Format: uuid */
            id: string;
            number: number;
            /** Format: date-time */
            started_at: string;
            url: string;
            outcome: string;
            status_code: number | null;
            error: string | null;
            fault: ("receiver" | "network" | "operator") | null;
            timings: {
                dns_ms: number | null;
                connect_ms: number | null;
                tls_ms: number | null;
                first_byte_ms: number | null;
                total_ms: number | null;
            };
            connection: ("cold" | "warm") | null;
            remote_address: string | null;
            /** @description What was sent along. Signatures are left out: each attempt has its own, kept nowhere. */
            request_headers: {
                [key: string]: string;
            };
            /** @description Cookies are withheld. Null: there was no answer, or one from before they were kept. */
            response_headers: {
                [key: string]: string;
            } | null;
            response_body: string;
            curl: string;
        };
        WebCallCreate: {
            assistant_id?: string | null;
            assistant_override?: {
                [key: string]: unknown;
            } | null;
            assistant?: {
                [key: string]: unknown;
            } | null;
            agent_id?: string | null;
            agent?: {
                [key: string]: unknown;
            } | null;
            agent_config?: {
                [key: string]: unknown;
            } | null;
        };
        WebCall: {
            /** Format: uuid */
            call_id: string;
            /** @description Lets one browser into the call; the API key stays with you. */
            token: string;
            /** @description `wss://…`, or `ws://…`: what `room.connect()` of `livekit-client` takes. */
            server_url: string;
            /**
             * Format: date-time
             * @description Until then a browser may join, ten minutes from now. An extension.
             */
            expires_at: string;
        };
        CallTrace: {
            /** Format: uuid */
            call_id: string;
            is_live: boolean;
            /** Format: date-time */
            started_at: string;
            sip: {
                /** @description Milliseconds since `started_at`. */
                offset_ms: number;
                /** @enum {string} */
                direction: "in" | "out";
                start_line: string;
                cseq: string;
                peer: string;
                transport: string;
                is_retransmission: boolean;
            }[];
            /** @description Messages that came after the first 200. */
            sip_omitted: number;
            media: {
                codec: string;
                sent_packets: number;
                received_packets: number;
                lost_packets: number;
                late_packets: number;
                jitter_ms: number;
                /** @description Estimated by the E-model (ITU-T G.107), 1 to 4.5. */
                mos: number | null;
            }[];
            turns: {
                /** @description Milliseconds since `started_at`. */
                offset_ms: number;
                total_ms: number;
                stages: components["schemas"]["TurnStages"];
            }[];
            decisions: {
                /** @description Milliseconds since `started_at`. */
                offset_ms: number;
                type: string;
                text: string;
            }[];
            webhooks: {
                /** Format: uuid */
                id: string;
                /** @description Milliseconds since `started_at`. */
                offset_ms: number;
                /** @enum {string} */
                type: "assistant-request" | "tool-calls" | "status-update" | "end-of-call-report";
                /** @enum {string} */
                state: "pending" | "in-flight" | "delivered" | "exhausted" | "cancelled" | "failed" | "skipped";
                reason: string | null;
                attempt_count: number;
                url: string | null;
            }[];
        };
        /** @description What `total_ms` consists of. */
        TurnStages: {
            stt_final_ms: number;
            end_of_turn_wait_ms: number;
            tool_ms: number;
            llm_first_token_ms: number;
            tts_first_audio_ms: number;
            playout_start_ms: number;
        };
        /** @description First the calls that run, then every change. */
        CallFeedEvent: {
            /** @constant */
            event: "snapshot";
            data: {
                calls: components["schemas"]["LiveCall"][];
            };
        } | {
            /** @constant */
            event: "call";
            data: {
                /** @enum {string} */
                change: "created" | "changed";
                call: components["schemas"]["LiveCall"];
            };
        };
        LiveCall: {
            /** Format: uuid */
            id: string;
            status: string;
            /** @enum {string} */
            direction: "inbound" | "outbound" | "web";
            caller_phone: string | null;
            assistant_phone: string | null;
            number_id: string | null;
            agent_id: string | null;
            agent_name: string | null;
            /** Format: date-time */
            created_at: string;
            started_at: string | null;
            ended_at: string | null;
            end_reason: string | null;
            /** @description The call is whole: its summary and report are there. */
            is_reported: boolean;
        };
        /** @description `end`: nothing more comes; do not come back. */
        CallActivityEvent: {
            /** @constant */
            event: "activity";
            id: string;
            data: components["schemas"]["CallActivity"];
        } | {
            /** @constant */
            event: "end";
            data: Record<string, never>;
        };
        /** @description A moment of a call. What was said, asked, typed or dialled is null in GDPR mode and past the retention of content; an argument or a result of over 16,384 characters is the beginning of its text. */
        CallActivity: {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "dialing";
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "ringing";
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "joined";
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "decided";
            /** @enum {string} */
            mode: "default" | "transient" | "hybrid" | "reject";
            because: string | null;
            duration_ms: number;
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "answered";
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "message";
            /** @enum {string} */
            role: "user" | "assistant";
            speech_offset_ms: number | null;
            content: string | null;
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "interrupted";
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "tool-call";
            tool_call_id: string;
            name: string;
            arguments: unknown;
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "tool-result";
            tool_call_id: string;
            name: string;
            /** @enum {string} */
            outcome: "result" | "error";
            duration_ms: number;
            value: unknown;
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "node";
            node_id: string;
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "typed";
            /** @enum {string} */
            outcome: "taken" | "too-long" | "too-many" | "nobody-reads";
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "digit";
            digit: string | null;
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "consent";
            /** @enum {string} */
            outcome: "agreed" | "declined" | "unanswered" | "gone" | "unspoken";
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "transfer";
            /** @enum {string} */
            outcome: "transferred" | "failed";
            reason: string | null;
            destination: string | null;
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "analysed";
            /** @enum {string} */
            outcome: "made" | "skipped" | "failed";
            reason: string | null;
            duration_ms: number;
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "ended";
            status: string;
            end_reason: string;
        } | {
            sequence: number;
            /** @description Milliseconds since the call's `created_at`. */
            offset_ms: number;
            /** @constant */
            type: "reported";
        };
        CallTimeline: {
            /** Format: uuid */
            call_id: string;
            /**
             * Format: date-time
             * @description The call's `created_at`: where every offset counts from.
             */
            started_at: string;
            /** @description To the end, or to now. */
            duration_ms: number;
            is_over: boolean;
            activity: components["schemas"]["CallActivity"][];
            turns: {
                /** @description Milliseconds since the call's `created_at`. */
                offset_ms: number;
                total_ms: number;
                stages: components["schemas"]["TurnStages"];
            }[];
            webhooks: {
                /** Format: uuid */
                id: string;
                /** @description Milliseconds since the call's `created_at`. */
                offset_ms: number;
                /** @enum {string} */
                type: "assistant-request" | "tool-calls" | "status-update" | "end-of-call-report";
                /** @enum {string} */
                state: "pending" | "in-flight" | "delivered" | "exhausted" | "cancelled" | "failed" | "skipped";
                reason: string | null;
                url: string | null;
                attempts: {
                    number: number;
                    /** @description Milliseconds since the call's `created_at`. */
                    offset_ms: number;
                    duration_ms: number;
                    outcome: string;
                    status_code: number | null;
                }[];
            }[];
            /** @description Where its first moment lies on the axis. */
            recording: {
                url: string;
                /** @description Milliseconds since the call's `created_at`. */
                offset_ms: number;
                duration_ms: number;
            } | null;
        };
        /** @description Of each part of the recording the loudest moment, from 0 to 1. */
        RecordingPeaks: {
            duration_ms: number;
            caller: number[];
            assistant: number[];
        };
        Stats: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            bucket: "hour" | "day";
            time_zone: string;
            totals: {
                calls: number;
                /** @description `completed`: ended, transferred. `failed`: ended-with-error. `unreached`: outbound calls that nobody took. */
                by_outcome: {
                    completed: number;
                    failed: number;
                    rejected: number;
                    unreached: number;
                    running: number;
                };
                by_direction: {
                    inbound: number;
                    outbound: number;
                    web: number;
                };
                /** @description And over. */
                answered: number;
                minutes: number;
                average_duration_seconds: number | null;
            };
            buckets: {
                /** Format: date-time */
                start: string;
                calls: number;
                /** @description `completed`: ended, transferred. `failed`: ended-with-error. `unreached`: outbound calls that nobody took. */
                by_outcome: {
                    completed: number;
                    failed: number;
                    rejected: number;
                    unreached: number;
                    running: number;
                };
                by_direction: {
                    inbound: number;
                    outbound: number;
                    web: number;
                };
                /** @description And over. */
                answered: number;
                minutes: number;
                average_duration_seconds: number | null;
            }[];
            latency: components["schemas"]["TurnLatency"] | null;
            /** @description Those in trouble first; 50 at most. */
            webhook_endpoints: {
                /** Format: uuid */
                id: string;
                level: string;
                owner: string;
                url: string;
                is_enabled: boolean;
                /** @enum {string} */
                breaker: "closed" | "open" | "half-open";
                failing_since: string | null;
                /** @description To be delivered, at this moment. */
                waiting: number;
                /** @description Given up in the period. */
                exhausted: number;
                /** @description In the period; the latest 1,000 at most. */
                attempts: number;
                /** @description From 0 to 1; null: there was none. */
                success_rate: number | null;
                p95_ms: number | null;
            }[];
            /** @description What callers waited for. */
            synchronous_webhooks: {
                /** @enum {string} */
                type: "assistant-request" | "tool-calls";
                /** @description In the period; the latest 1,000 at most. */
                requests: number;
                /** @description From 0 to 1; null: there was none. */
                success_rate: number | null;
                p95_ms: number | null;
            }[];
        };
        /** @description From the caller's last sound to our first, and its stages, each by itself: percentiles of stages do not add up. */
        TurnLatency: {
            /** @description How many turns the figures are of. */
            turns: number;
            /** @description They are a part of the period's turns, drawn at random. */
            is_sampled: boolean;
            total_ms: {
                p50: number;
                p90: number;
                p99: number;
            };
            stt_final_ms: {
                p50: number;
                p90: number;
                p99: number;
            };
            end_of_turn_wait_ms: {
                p50: number;
                p90: number;
                p99: number;
            };
            tool_ms: {
                p50: number;
                p90: number;
                p99: number;
            };
            llm_first_token_ms: {
                p50: number;
                p90: number;
                p99: number;
            };
            tts_first_audio_ms: {
                p50: number;
                p90: number;
                p99: number;
            };
            playout_start_ms: {
                p50: number;
                p90: number;
                p99: number;
            };
        };
        ToolTemplate: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            org_id: string;
            name: string;
            description: string | null;
            /** @enum {string} */
            tool_type: "function" | "end_call" | "transfer_call";
            tool_config: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        AnalysisTemplate: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            org_id: string;
            name: string;
            description: string | null;
            system_prompt: string;
            user_prompt: string;
            schema: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description The password is never returned. */
        SipTrunk: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            org_id: string;
            name: string;
            provider: string;
            address: string;
            /** @enum {string} */
            transport: "udp" | "tcp" | "tls";
            auth_username: string | null;
            is_active: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description Extension: whether we register at it. */
            register: boolean;
            /** @description Extension: addresses and CIDR ranges that its calls come from besides `address`. */
            inbound_addresses: string[];
            /**
             * @description Extension: how calls from it are recognised. `digest`: by auth_username and auth_password.
             * @enum {string}
             */
            inbound_auth: "address" | "digest";
            /** @description Extension: calls begun in a second, each way. null: no limit. */
            calls_per_second: number | null;
            /**
             * @description Extension: encrypted audio.
             * @enum {string}
             */
            srtp: "off" | "offer" | "require";
            /**
             * @description Extension: whether calls may be handed over by REFER.
             * @enum {string}
             */
            refer: "auto" | "never";
            /** @description Extension: whether it answers OPTIONS, asked every 30 s. A trunk that is down is tried all the same. */
            reachability: {
                /** @enum {string} */
                state: "up" | "down" | "unknown";
                since: string | null;
                checked_at: string | null;
                latency_ms: number | null;
                /** @description of the last answer to OPTIONS; null: there was none */
                last_status: number | null;
                last_error: string | null;
            };
            /** @description Extension: null where `register` is false. */
            registration: {
                /** @enum {string} */
                state: "pending" | "registered" | "failed";
                since: string | null;
                expires_at: string | null;
                last_status: number | null;
                last_error: string | null;
            } | null;
        };
        WorkflowSummary: {
            /** Format: uuid */
            id: string;
            name: string;
            is_active: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            entry_node: string | null;
            node_count: number;
            edge_count: number;
        };
        Workflow: {
            /** Format: uuid */
            id: string;
            name: string;
            is_active: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            definition: {
                [key: string]: unknown;
            };
        };
        /** @description An id where there is a key; the keys are never returned. */
        ByokKeys: {
            deepgram_secret_id: string | null;
            openai_secret_id: string | null;
            elevenlabs_secret_id: string | null;
            inworld_secret_id: string | null;
            resend_secret_id: string | null;
            xai_secret_id: string | null;
            gladia_secret_id: string | null;
            mistral_secret_id: string | null;
            google_secret_id: string | null;
            google_vertex_secret_id: string | null;
        };
        Voice: {
            id: string;
            name: string;
            language: string;
            description: {
                en: string;
                nl: string;
            };
        };
        Catalog: {
            version: number;
            pricing_units: string[];
            llm: components["schemas"]["CatalogProvider"][];
            stt: components["schemas"]["CatalogProvider"][];
            tts: components["schemas"]["CatalogProvider"][];
            postcall_stt: components["schemas"]["CatalogProvider"][];
            postcall_llm: components["schemas"]["CatalogProvider"][];
            stt_languages: {
                [key: string]: string[];
            };
            delegates: {
                [key: string]: string[];
            };
            background_clips: string[];
            params: {
                [key: string]: {
                    [key: string]: {
                        min: number;
                        max: number;
                        default?: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            schemas: {
                [key: string]: {
                    [key: string]: unknown;
                };
            };
        };
        CatalogProvider: {
            id: string;
            /** @enum {string} */
            kind?: "text" | "realtime";
            models: string[] | null;
            legacy_models: string[];
            voices?: string[] | null;
            byok_secret: string[];
            aliases: string[];
            is_extension: boolean;
            is_configured?: boolean;
        } & {
            [key: string]: unknown;
        };
        Campaign: {
            /** Format: uuid */
            id: string;
            name: string;
            agent_id: string | null;
            /** @enum {string} */
            status: "draft" | "scheduled" | "paused" | "completed" | "cancelled";
            system_message_template: string | null;
            schedule_start_time: string;
            schedule_end_time: string;
            timezone: string;
            total_leads: number;
            completed_leads: number;
            failed_leads: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        CampaignLead: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            campaign_id: string;
            phone_number: string;
            variables: {
                [key: string]: string;
            };
            /** @enum {string} */
            status: "pending" | "calling" | "completed" | "failed" | "skipped";
            call_id: string | null;
            attempts: number;
            last_attempt_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        UsageLog: {
            /** Format: uuid */
            id: string;
            duration_sec: number;
            /** @enum {string} */
            call_type: "phone" | "web";
            phone_number: string | null;
            agent_name: string | null;
            business_name: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /** @description The values of headers are never returned. */
        McpServer: {
            /** Format: uuid */
            id: string;
            name: string;
            url: string;
            /** @enum {string} */
            transport: "streamable_http" | "sse";
            header_names: string[];
            timeout_seconds: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        McpTest: {
            /** @constant */
            ok: true;
            duration_ms: number;
            tools: {
                name: string;
                description: string | null;
                input_schema: {
                    [key: string]: unknown;
                };
            }[];
        } | {
            /** @constant */
            ok: false;
            duration_ms: number;
            error: string;
        };
        Organization: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description 1,000,000,000 where it is unlimited. */
            minutes_balance: number;
            /** @description An addition of Switchhook's. */
            minutes_unlimited: boolean;
            monthly_usage_minutes: number;
            active_numbers: number;
            active_agents: number;
            active_calls: number;
            has_local_models_access: boolean;
            parent_org_id: string | null;
            /** @description An addition of Switchhook's. Null: kept for good. */
            content_retention_days: number | null;
            metadata_retention_days: number | null;
            children?: {
                /** Format: uuid */
                id: string;
                name: string;
                /** Format: date-time */
                created_at: string;
            }[];
        };
        /** @description The key is shown this once. */
        OrganizationCreated: {
            /** Format: uuid */
            id: string;
            name: string;
            parent_org_id: string | null;
            api_key: string;
            /** Format: date-time */
            created_at: string;
        };
        Retention: {
            /** @description Where the name alone was changed. */
            name?: string;
            content_retention_days: number | null;
            metadata_retention_days: number | null;
        };
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            prefix: string | null;
            /** Format: date-time */
            created_at: string;
            last_used_at: string | null;
            expires_at: string | null;
            revoked_at: string | null;
        };
        /** @description The key is shown this once. */
        ApiKeyCreated: {
            /** Format: uuid */
            id: string;
            name: string;
            prefix: string | null;
            /** Format: date-time */
            created_at: string;
            last_used_at: string | null;
            expires_at: string | null;
            revoked_at: string | null;
            key: string;
        };
        Domain: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            org_id: string;
            domain_name: string;
            resend_domain_id: string;
            /** @description not_started, pending, verified, failed and others, as Resend has them. */
            status: string;
            region: string;
            /** @description To be put into the domain's DNS. */
            records: {
                record: string;
                name: string;
                type: string;
                ttl: string;
                status: string;
                value: string;
                priority?: number;
            }[] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            verified_at: string | null;
        };
        ResendDomain: {
            id: string;
            name: string;
            status: string;
            region: string;
        };
        Email: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            call_id: string;
            recipients: string[];
            delivered_to: string[];
            /** @description Over SMTP. Resend gives its own. */
            message_id: string;
            /** @enum {string} */
            state: "pending" | "in-flight" | "sent" | "failed" | "skipped";
            attempt_count: number;
            /** @description Why the last attempt failed, or why nothing was sent. */
            last_error: string | null;
            transport: ("smtp" | "resend") | null;
            next_attempt_at: string | null;
            /** Format: date-time */
            created_at: string;
            finished_at: string | null;
        };
        WebhookSettingsShown: {
            url: string | null;
            fallback_url?: string | null;
            /** @description Null for people who are not owners. */
            secret: string | null;
            events: ("assistant-request" | "tool-calls" | "status-update" | "end-of-call-report")[] | null;
            previous_secrets: {
                /** Format: date-time */
                expires_at: string;
            }[];
        };
        WebhookSettings: {
            url: string | null;
            fallback_url?: string | null;
            secret: string;
            events: ("assistant-request" | "tool-calls" | "status-update" | "end-of-call-report")[] | null;
            previous_secrets: {
                /** Format: date-time */
                expires_at: string;
            }[];
        };
        WebhookEvent: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "assistant-request" | "tool-calls" | "status-update" | "end-of-call-report";
            /** Format: uuid */
            call_id: string;
            sequence: number | null;
            /** Format: date-time */
            created_at: string;
            is_synchronous: boolean;
            /** @enum {string} */
            routing: "routed" | "no-endpoint" | "filtered" | "disabled";
            /** @enum {string} */
            state: "pending" | "in-flight" | "delivered" | "exhausted" | "cancelled" | "failed" | "skipped";
            reason: string | null;
            attempt_count: number;
            next_attempt_at: string | null;
            endpoint: {
                id: string | null;
                url: string;
                level: string | null;
            } | null;
            /** @description In the answer for one event: what was sent. */
            body?: unknown;
        };
        WebhookReplay: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "running" | "paused" | "done";
            total: number;
            done: number;
            /** Format: date-time */
            created_at: string;
        };
        WebhookEndpoint: {
            /** Format: uuid */
            id: string;
            level: string;
            owner: string;
            url: string;
            is_enabled: boolean;
            disabled_reason: string | null;
            disabled_at: string | null;
            /** @enum {string} */
            breaker: "closed" | "open" | "half-open";
            breaker_open_until: string | null;
            consecutive_failures: number;
            failing_since: string | null;
            pending: number;
            in_flight: number;
            /** Format: date-time */
            created_at: string;
        };
        OperationalEvent: {
            /** Format: uuid */
            id: string;
            type: string;
            detail: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
        };
        Session: {
            /** Format: uuid */
            session_id: string;
            user: {
                /** Format: uuid */
                id: string;
                /** Format: email */
                email: string;
                name: string | null;
                has_totp: boolean;
                recovery_codes_left: number;
                /** Format: date-time */
                created_at: string;
            };
            /** @description The one that requests are about; null: a member of none. */
            organization_id: string | null;
            organizations: {
                /** Format: uuid */
                id: string;
                name: string;
                role: components["schemas"]["Role"];
                /** @description The installation's first organization: its owners see all users. */
                is_operator: boolean;
            }[];
            /** @description For `X-CSRF-Token` of whatever changes something. */
            csrf_token: string;
        };
        /**
         * @description `member`: all but people, keys, settings and secrets.
         * @enum {string}
         */
        Role: "owner" | "member" | "read-only";
        OneTimeLink: {
            /** @enum {string} */
            purpose: "welcome" | "invitation" | "password";
            /** @description Null: whoever comes gives one. */
            email: string | null;
            /** @description An invitation of who has an account is accepted with its password. */
            has_account: boolean;
            has_totp: boolean;
            organization_name: string | null;
            role: components["schemas"]["Role"] | null;
            created_by: string | null;
            /** Format: date-time */
            expires_at: string;
        };
        OwnSession: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /** Format: date-time */
            expires_at: string;
            address: string | null;
            user_agent: string | null;
            is_current: boolean;
        };
        Member: {
            /**
             * Format: uuid
             * @description The user's.
             */
            id: string;
            /** Format: email */
            email: string;
            name: string | null;
            role: components["schemas"]["Role"];
            has_totp: boolean;
            /** Format: date-time */
            created_at: string;
            last_signed_in_at: string | null;
        };
        Invitation: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            role: components["schemas"]["Role"];
            created_by: string | null;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            created_at: string;
        };
        /** @description The link is shown this once. */
        InvitationCreated: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            role: components["schemas"]["Role"];
            created_by: string | null;
            /** Format: date-time */
            expires_at: string;
            /** Format: uri */
            url: string;
            is_emailed: boolean;
        };
        User: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            name: string | null;
            has_totp: boolean;
            organizations: {
                /** Format: uuid */
                id: string;
                name: string;
                role: components["schemas"]["Role"];
            }[];
            /** Format: date-time */
            created_at: string;
            last_signed_in_at: string | null;
        };
        /** @description It works once, and is shown this once. */
        LinkCreated: {
            /** Format: uri */
            url: string;
            /** Format: date-time */
            expires_at: string;
        };
        AuditEntry: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            created_at: string;
            /** @description `noun.verb`, such as `api-key.revoked`. */
            action: string;
            actor: {
                /** @enum {string} */
                kind: "user" | "api-key" | "nobody";
                id: string | null;
                /** @description The e-mail, or the key's name, as it was then. */
                name: string | null;
            };
            address: string | null;
            subject_id: string | null;
            detail: {
                [key: string]: unknown;
            } | null;
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
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Well */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                        version: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "error";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getAssistants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assistants: components["schemas"]["Assistant"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAssistants: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AssistantCreate"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assistant: components["schemas"]["Assistant"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAssistantsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assistant: components["schemas"]["Assistant"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteAssistantsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchAssistantsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AssistantUpdate"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assistant: components["schemas"]["Assistant"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getNumbers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        numbers: components["schemas"]["Number"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postNumbers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    phone_number: string;
                    agent_id?: string | null;
                    assistant_id?: string | null;
                    name?: string | null;
                    is_active?: boolean;
                    transfer_trunk_id?: string | null;
                    workflow_id?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: components["schemas"]["Number"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `number_exists`: Number already exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getNumbersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: components["schemas"]["Number"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `number_not_found`: Number not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteNumbersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `number_not_found`: Number not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchNumbersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    agent_id?: string | null;
                    assistant_id?: string | null;
                    name?: string | null;
                    is_active?: boolean;
                    transfer_trunk_id?: string | null;
                    workflow_id?: string | null;
                    phone_number?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: components["schemas"]["Number"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `number_not_found`: Number not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCalls: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                status?: string;
                start_date?: string;
                end_date?: string;
                direction?: "inbound" | "outbound" | "web";
                agent_id?: string;
                number_id?: string;
                search?: string;
                messages?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calls: components["schemas"]["Call"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCallsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The call */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `call_not_found`: Call not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postCallsOutbound: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    destination: string;
                    number_id?: string | null;
                    assistant_id?: string | null;
                    assistant_override?: {
                        [key: string]: unknown;
                    } | null;
                    assistant?: {
                        [key: string]: unknown;
                    } | null;
                    agent_id?: string | null;
                    agent?: {
                        [key: string]: unknown;
                    } | null;
                    agent_config?: {
                        [key: string]: unknown;
                    } | null;
                    first_message?: string | null;
                };
            };
        };
        responses: {
            /** @description It is being placed; webhooks and GET /calls/{id} tell the rest */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        call_id: string;
                        /** @constant */
                        status: "dialing";
                    };
                };
            };
            /** @description `invalid_request`: Validation failed; `no_outbound_number`: No number to call from */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `insufficient_credits`: Insufficient credits */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found; `number_not_found`: Number not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `server_stopping`: Server is stopping; `server_busy`: Server is busy */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postCallsOneControl: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "inject-context";
                    content: string;
                    trigger_response: boolean;
                } | {
                    /** @constant */
                    type: "say";
                    content: string;
                    end_after: boolean;
                } | {
                    /** @constant */
                    type: "end-call";
                    message?: string | null;
                } | {
                    /** @constant */
                    type: "transfer";
                    destination: string;
                    message?: string | null;
                    mode?: ("cold" | "warm") | null;
                    accept_digit?: string | null;
                    reject_digit?: string | null;
                    briefing?: string | null;
                    accept_prompt?: string | null;
                };
            };
        };
        responses: {
            /** @description The command was passed on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        message: string;
                    };
                };
            };
            /** @description `invalid_request`: Validation failed; `call_not_active`: Call not active */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `call_not_found`: Call not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `call_not_reachable`: Call not reachable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus' text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAssistantsOneVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        versions: components["schemas"]["AssistantVersionSummary"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAssistantsOneVersionsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: components["schemas"]["AssistantVersion"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_version_not_found`: Assistant version not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAssistantsOneVersionsOneRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assistant: components["schemas"]["Assistant"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_version_not_found`: Assistant version not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAssistantsOneToolsTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Of a saved tool. */
                    name?: string;
                    /** @description A tool that is not saved, as in `llm_config.tools`. */
                    tool?: {
                        [key: string]: unknown;
                    };
                    /** @default {} */
                    arguments?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tool_test: components["schemas"]["ToolTest"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebCalls: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebCallCreate"];
            };
        };
        responses: {
            /** @description It waits for its browser; webhooks and GET /calls/{id} tell the rest */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebCall"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `insufficient_credits`: Insufficient credits */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `server_stopping`: Server is stopping; `server_busy`: Server is busy */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postV1WebCalls: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebCallCreate"];
            };
        };
        responses: {
            /** @description It waits for its browser; webhooks and GET /calls/{id} tell the rest */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebCall"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `insufficient_credits`: Insufficient credits */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `server_stopping`: Server is stopping; `server_busy`: Server is busy */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCallsOneTrace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trace, so far while the call runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallTrace"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `call_not_found`: Call not found; `call_trace_not_found`: Call trace not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "getCallsOneCall.pcap": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A capture file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.tcpdump.pcap": unknown;
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `call_not_found`: Call not found; `call_capture_not_found`: Call capture not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getRecordingsOne: {
        parameters: {
            query: {
                expires: string;
                signature: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stereo, the caller left, the assistant right */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": unknown;
                };
            };
            /** @description The part that `Range` asks for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": unknown;
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `recording_url_forged`: Invalid signature */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `recording_not_found`: Recording not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `recording_url_expired`: Recording URL expired; `recording_deleted`: Recording deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `range_not_satisfiable`: Range not satisfiable */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCallsStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events; who comes back begins with the calls of that moment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["CallFeedEvent"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCallsOneStream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events; `Last-Event-ID` resumes, `end` is the last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["CallActivityEvent"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `call_not_found`: Call not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCallsOneTimeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        timeline: components["schemas"]["CallTimeline"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `call_not_found`: Call not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCallsOneRecordingPeaks: {
        parameters: {
            query?: {
                buckets?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        peaks: components["schemas"]["RecordingPeaks"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `recording_not_found`: Recording not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getStats: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                bucket?: "hour" | "day";
                time_zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stats: components["schemas"]["Stats"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getToolTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tool_templates: components["schemas"]["ToolTemplate"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postToolTemplates: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                    description?: string | null;
                    /** @enum {string} */
                    tool_type: "function" | "end_call" | "transfer_call" | "endCall" | "transferCall";
                    tool_config: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tool_template: components["schemas"]["ToolTemplate"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getToolTemplatesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tool_template: components["schemas"]["ToolTemplate"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `tool_template_not_found`: Tool template not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteToolTemplatesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `tool_template_not_found`: Tool template not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchToolTemplatesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string | null;
                    /** @enum {string} */
                    tool_type?: "function" | "end_call" | "transfer_call" | "endCall" | "transferCall";
                    tool_config?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tool_template: components["schemas"]["ToolTemplate"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `tool_template_not_found`: Tool template not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAnalysisTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        analysis_templates: components["schemas"]["AnalysisTemplate"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAnalysisTemplates: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                    description?: string | null;
                    system_prompt: string;
                    user_prompt: string;
                    schema: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        analysis_template: components["schemas"]["AnalysisTemplate"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAnalysisTemplatesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        analysis_template: components["schemas"]["AnalysisTemplate"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `analysis_template_not_found`: Analysis template not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteAnalysisTemplatesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `analysis_template_not_found`: Analysis template not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchAnalysisTemplatesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    description?: string | null;
                    system_prompt?: string;
                    user_prompt?: string;
                    schema?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        analysis_template: components["schemas"]["AnalysisTemplate"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `analysis_template_not_found`: Analysis template not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSipTrunks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        trunks: components["schemas"]["SipTrunk"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSipTrunks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                    provider: string;
                    address: string;
                    /**
                     * @default udp
                     * @enum {string}
                     */
                    transport?: "udp" | "tcp" | "tls";
                    auth_username?: string | null;
                    auth_password?: string | null;
                    /** @default false */
                    register?: boolean;
                    /** @default [] */
                    inbound_addresses?: string[];
                    /**
                     * @default address
                     * @enum {string}
                     */
                    inbound_auth?: "address" | "digest";
                    calls_per_second?: number | null;
                    /**
                     * @default off
                     * @enum {string}
                     */
                    srtp?: "off" | "offer" | "require";
                    /**
                     * @default auto
                     * @enum {string}
                     */
                    refer?: "auto" | "never";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        trunk: components["schemas"]["SipTrunk"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSipTrunksOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        trunk: components["schemas"]["SipTrunk"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `sip_trunk_not_found`: SIP trunk not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteSipTrunksOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `sip_trunk_not_found`: SIP trunk not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchSipTrunksOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    provider?: string;
                    address?: string;
                    /** @enum {string} */
                    transport?: "udp" | "tcp" | "tls";
                    auth_username?: string | null;
                    auth_password?: string | null;
                    register?: boolean;
                    inbound_addresses?: string[];
                    /** @enum {string} */
                    inbound_auth?: "address" | "digest";
                    calls_per_second?: number | null;
                    /** @enum {string} */
                    srtp?: "off" | "offer" | "require";
                    /** @enum {string} */
                    refer?: "auto" | "never";
                    is_active?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        trunk: components["schemas"]["SipTrunk"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `sip_trunk_not_found`: SIP trunk not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWorkflows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        workflows: components["schemas"]["WorkflowSummary"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWorkflows: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                    definition: {
                        /** @constant */
                        version: 1;
                        entry_node: string;
                        global_prompt?: string | null;
                        nodes: (({
                            id: string;
                            first_line?: string | null;
                            ui?: ({
                                x?: number;
                                y?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            /** @constant */
                            type: "conversation";
                            instructions: string;
                            global?: boolean | null;
                            global_description?: string | null;
                            llm_config?: ({
                                provider?: string;
                                model?: string;
                                temperature?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            voice?: string | null;
                            tts_config?: (({
                                /** @enum {string} */
                                provider: "elevenlabs" | "11labs";
                                /** @enum {string} */
                                model?: "eleven_flash_v2_5" | "eleven_v4_turbo" | "eleven_v4" | "eleven_v3" | "eleven_multilingual_v2" | "eleven_turbo_v2_5";
                                voice_id: string;
                                stability?: number;
                                similarity_boost?: number;
                                style?: number;
                                use_speaker_boost?: boolean;
                                speed?: number;
                                /** @enum {string} */
                                apply_text_normalization?: "auto" | "on" | "off";
                                apply_language_text_normalization?: boolean;
                                language?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "inworld";
                                /** @enum {string} */
                                model?: "inworld-tts-2" | "inworld-tts-2-flash" | "inworld-tts-1.5-max" | "inworld-tts-1.5-mini";
                                voice_id: string;
                                language?: string | null;
                                speed?: number;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "google";
                                /** @enum {string} */
                                model?: "gemini-3.1-flash-tts-preview" | "gemini-2.5-flash-preview-tts" | "gemini-2.5-pro-preview-tts" | "chirp-3-hd";
                                /** @enum {string} */
                                voice_id: "Kore" | "Achernar" | "Achird" | "Algenib" | "Algieba" | "Alnilam" | "Aoede" | "Autonoe" | "Callirrhoe" | "Charon" | "Despina" | "Enceladus" | "Erinome" | "Fenrir" | "Gacrux" | "Iapetus" | "Laomedeia" | "Leda" | "Orus" | "Puck" | "Pulcherrima" | "Rasalgethi" | "Sadachbia" | "Sadaltager" | "Schedar" | "Sulafat" | "Umbriel" | "Vindemiatrix" | "Zephyr" | "Zubenelgenubi";
                                instructions?: string | null;
                                language?: string | null;
                                speaking_rate?: number;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "xai";
                                /** @enum {string} */
                                voice_id: "ara" | "eve" | "leo" | "rex" | "sal" | "altair" | "atlas" | "carina" | "castor" | "celeste" | "cosmo" | "helios" | "helix" | "iris" | "kepler" | "lumen" | "luna" | "lux" | "naksh" | "orion" | "perseus" | "rigel" | "sirius" | "ursa" | "zagan" | "zenith";
                                language?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "voicedock";
                                /** @enum {string} */
                                model?: "voicedock-1";
                                /** @enum {string} */
                                voice_id: "voicedock";
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "openai";
                                model?: string;
                                voice_id: string;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "local";
                                voice_id: string;
                            } & {
                                [key: string]: unknown;
                            })) | null;
                            stt_config?: (({
                                /** @constant */
                                provider: "deepgram";
                                /** @enum {string} */
                                model: "nova-3" | "nova-3-general";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                                keyterms?: string[];
                                smart_format?: boolean;
                                endpointing?: number;
                                numerals?: boolean;
                                filler_words?: boolean;
                                utterance_end_ms?: number;
                                no_delay?: boolean;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "elevenlabs";
                                /** @enum {string} */
                                model: "scribe_v2_realtime";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                                tag_audio_events?: boolean;
                                include_timestamps?: boolean;
                                /** @enum {number} */
                                sample_rate?: 16000 | 8000;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "gladia";
                                /** @enum {string} */
                                model: "solaria-1";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                                languages?: string[];
                                code_switching?: boolean;
                                /** @enum {string} */
                                region?: "eu-west" | "us-west";
                                endpointing?: number;
                                custom_vocabulary?: string[];
                                translation_enabled?: boolean;
                                translation_target_languages?: string[];
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "mistral";
                                /** @enum {string} */
                                model: "voxtral-mini-latest";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "google";
                                /** @enum {string} */
                                model: "chirp_3";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "openai";
                                model: string;
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "scripted";
                                /** @enum {string} */
                                model: "script-1";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                                utterances: string[];
                            } & {
                                [key: string]: unknown;
                            })) | null;
                            tools?: unknown[] | null;
                        } & {
                            [key: string]: unknown;
                        }) | ({
                            id: string;
                            first_line?: string | null;
                            ui?: ({
                                x?: number;
                                y?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            /** @constant */
                            type: "tool";
                            tool_name: string;
                            url?: string | null;
                            arguments?: {
                                [key: string]: unknown;
                            } | null;
                        } & {
                            [key: string]: unknown;
                        }) | ({
                            id: string;
                            first_line?: string | null;
                            ui?: ({
                                x?: number;
                                y?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            /** @constant */
                            type: "transfer";
                            destination: string;
                        } & {
                            [key: string]: unknown;
                        }) | ({
                            id: string;
                            first_line?: string | null;
                            ui?: ({
                                x?: number;
                                y?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            /** @constant */
                            type: "end";
                        } & {
                            [key: string]: unknown;
                        }))[];
                        edges?: ({
                            from: string;
                            to: string;
                            description?: string | null;
                            message?: string | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                    } & {
                        [key: string]: unknown;
                    };
                    is_active?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        workflow: components["schemas"]["Workflow"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed; `invalid_workflow`: Invalid workflow definition; `realtime_provider_not_allowed_per_node`: Invalid workflow definition */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWorkflowsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        workflow: components["schemas"]["Workflow"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `workflow_not_found`: Workflow not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteWorkflowsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `workflow_not_found`: Workflow not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `workflow_in_use`: Workflow is attached to phone numbers */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchWorkflowsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    definition?: {
                        /** @constant */
                        version: 1;
                        entry_node: string;
                        global_prompt?: string | null;
                        nodes: (({
                            id: string;
                            first_line?: string | null;
                            ui?: ({
                                x?: number;
                                y?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            /** @constant */
                            type: "conversation";
                            instructions: string;
                            global?: boolean | null;
                            global_description?: string | null;
                            llm_config?: ({
                                provider?: string;
                                model?: string;
                                temperature?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            voice?: string | null;
                            tts_config?: (({
                                /** @enum {string} */
                                provider: "elevenlabs" | "11labs";
                                /** @enum {string} */
                                model?: "eleven_flash_v2_5" | "eleven_v4_turbo" | "eleven_v4" | "eleven_v3" | "eleven_multilingual_v2" | "eleven_turbo_v2_5";
                                voice_id: string;
                                stability?: number;
                                similarity_boost?: number;
                                style?: number;
                                use_speaker_boost?: boolean;
                                speed?: number;
                                /** @enum {string} */
                                apply_text_normalization?: "auto" | "on" | "off";
                                apply_language_text_normalization?: boolean;
                                language?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "inworld";
                                /** @enum {string} */
                                model?: "inworld-tts-2" | "inworld-tts-2-flash" | "inworld-tts-1.5-max" | "inworld-tts-1.5-mini";
                                voice_id: string;
                                language?: string | null;
                                speed?: number;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "google";
                                /** @enum {string} */
                                model?: "gemini-3.1-flash-tts-preview" | "gemini-2.5-flash-preview-tts" | "gemini-2.5-pro-preview-tts" | "chirp-3-hd";
                                /** @enum {string} */
                                voice_id: "Kore" | "Achernar" | "Achird" | "Algenib" | "Algieba" | "Alnilam" | "Aoede" | "Autonoe" | "Callirrhoe" | "Charon" | "Despina" | "Enceladus" | "Erinome" | "Fenrir" | "Gacrux" | "Iapetus" | "Laomedeia" | "Leda" | "Orus" | "Puck" | "Pulcherrima" | "Rasalgethi" | "Sadachbia" | "Sadaltager" | "Schedar" | "Sulafat" | "Umbriel" | "Vindemiatrix" | "Zephyr" | "Zubenelgenubi";
                                instructions?: string | null;
                                language?: string | null;
                                speaking_rate?: number;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "xai";
                                /** @enum {string} */
                                voice_id: "ara" | "eve" | "leo" | "rex" | "sal" | "altair" | "atlas" | "carina" | "castor" | "celeste" | "cosmo" | "helios" | "helix" | "iris" | "kepler" | "lumen" | "luna" | "lux" | "naksh" | "orion" | "perseus" | "rigel" | "sirius" | "ursa" | "zagan" | "zenith";
                                language?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "voicedock";
                                /** @enum {string} */
                                model?: "voicedock-1";
                                /** @enum {string} */
                                voice_id: "voicedock";
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "openai";
                                model?: string;
                                voice_id: string;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "local";
                                voice_id: string;
                            } & {
                                [key: string]: unknown;
                            })) | null;
                            stt_config?: (({
                                /** @constant */
                                provider: "deepgram";
                                /** @enum {string} */
                                model: "nova-3" | "nova-3-general";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                                keyterms?: string[];
                                smart_format?: boolean;
                                endpointing?: number;
                                numerals?: boolean;
                                filler_words?: boolean;
                                utterance_end_ms?: number;
                                no_delay?: boolean;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "elevenlabs";
                                /** @enum {string} */
                                model: "scribe_v2_realtime";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                                tag_audio_events?: boolean;
                                include_timestamps?: boolean;
                                /** @enum {number} */
                                sample_rate?: 16000 | 8000;
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "gladia";
                                /** @enum {string} */
                                model: "solaria-1";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                                languages?: string[];
                                code_switching?: boolean;
                                /** @enum {string} */
                                region?: "eu-west" | "us-west";
                                endpointing?: number;
                                custom_vocabulary?: string[];
                                translation_enabled?: boolean;
                                translation_target_languages?: string[];
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "mistral";
                                /** @enum {string} */
                                model: "voxtral-mini-latest";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "google";
                                /** @enum {string} */
                                model: "chirp_3";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "openai";
                                model: string;
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                            } & {
                                [key: string]: unknown;
                            }) | ({
                                /** @constant */
                                provider: "scripted";
                                /** @enum {string} */
                                model: "script-1";
                                /** @enum {string} */
                                language: "multi" | "nl" | "en" | "de" | "fr" | "es" | "it" | "pt" | "pl" | "ru" | "ja" | "ko" | "zh" | "ar" | "hi" | "da" | "sv" | "no" | "fi" | "cs" | "hu" | "ro" | "bg" | "hr" | "sk" | "tr" | "id" | "vi";
                                utterances: string[];
                            } & {
                                [key: string]: unknown;
                            })) | null;
                            tools?: unknown[] | null;
                        } & {
                            [key: string]: unknown;
                        }) | ({
                            id: string;
                            first_line?: string | null;
                            ui?: ({
                                x?: number;
                                y?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            /** @constant */
                            type: "tool";
                            tool_name: string;
                            url?: string | null;
                            arguments?: {
                                [key: string]: unknown;
                            } | null;
                        } & {
                            [key: string]: unknown;
                        }) | ({
                            id: string;
                            first_line?: string | null;
                            ui?: ({
                                x?: number;
                                y?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            /** @constant */
                            type: "transfer";
                            destination: string;
                        } & {
                            [key: string]: unknown;
                        }) | ({
                            id: string;
                            first_line?: string | null;
                            ui?: ({
                                x?: number;
                                y?: number;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            /** @constant */
                            type: "end";
                        } & {
                            [key: string]: unknown;
                        }))[];
                        edges?: ({
                            from: string;
                            to: string;
                            description?: string | null;
                            message?: string | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                    } & {
                        [key: string]: unknown;
                    };
                    is_active?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        workflow: components["schemas"]["Workflow"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed; `invalid_workflow`: Invalid workflow definition; `realtime_provider_not_allowed_per_node`: Invalid workflow definition */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `workflow_not_found`: Workflow not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getByok: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ids */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        byok_keys: components["schemas"]["ByokKeys"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postByok: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    provider: "deepgram" | "openai" | "elevenlabs" | "inworld" | "resend" | "xai" | "gladia" | "mistral" | "google" | "google_vertex";
                    api_key: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        byok_keys: components["schemas"]["ByokKeys"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteByok: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    provider: "deepgram" | "openai" | "elevenlabs" | "inworld" | "resend" | "xai" | "gladia" | "mistral" | "google" | "google_vertex";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        byok_keys: components["schemas"]["ByokKeys"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `byok_key_not_found`: Provider key not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postByokConfig: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    provider: "deepgram" | "openai" | "elevenlabs" | "inworld" | "resend" | "xai" | "gladia" | "mistral" | "google" | "google_vertex";
                    config: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The settings of all services */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        byok_config: {
                            [key: string]: {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
            /** @description `invalid_request`: Validation failed; `byok_key_missing`: No key for this provider */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getVoices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The voices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        voices: components["schemas"]["Voice"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCatalog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The catalog */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        catalog: components["schemas"]["Catalog"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCampaigns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        campaigns: components["schemas"]["Campaign"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postCampaigns: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                    agent_id?: string;
                    assistant_id?: string;
                    schedule_start_time: string;
                    schedule_end_time: string;
                    timezone: string;
                    system_message_template?: string | null;
                    leads?: {
                        phone_number: string;
                        variables?: {
                            [key: string]: string;
                        } | null;
                    }[] | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        campaign: components["schemas"]["Campaign"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCampaignsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        campaign: components["schemas"]["Campaign"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `campaign_not_found`: Campaign not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteCampaignsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `campaign_not_found`: Campaign not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `lead_in_call`: Lead is being called */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchCampaignsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    /** @enum {string} */
                    status?: "draft" | "scheduled" | "paused" | "cancelled";
                    system_message_template?: string | null;
                    schedule_start_time?: string;
                    schedule_end_time?: string;
                    timezone?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        campaign: components["schemas"]["Campaign"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `campaign_not_found`: Campaign not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `campaign_completed`: Campaign is completed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCampaignsOneLeads: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        leads: components["schemas"]["CampaignLead"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `campaign_not_found`: Campaign not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postCampaignsOneLeads: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    phone_number: string;
                    variables?: {
                        [key: string]: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lead: components["schemas"]["CampaignLead"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `campaign_not_found`: Campaign not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `campaign_completed`: Campaign is completed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteCampaignsOneLeadsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                leadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `campaign_not_found`: Campaign not found; `lead_not_found`: Lead not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `lead_in_call`: Lead is being called */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                start_date?: string;
                end_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        logs: components["schemas"]["UsageLog"][];
                        pagination: components["schemas"]["Pagination"];
                        summary: {
                            total_calls: number;
                            total_duration_seconds: number;
                            total_duration_minutes: number;
                        };
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMcpServers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mcp_servers: components["schemas"]["McpServer"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMcpServers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                    url: string;
                    /** @enum {string} */
                    transport?: "streamable_http" | "sse";
                    headers?: {
                        [key: string]: string;
                    } | null;
                    timeout_seconds?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mcp_server: components["schemas"]["McpServer"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `mcp_server_name_taken`: MCP server already exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMcpServersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mcp_server: components["schemas"]["McpServer"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `mcp_server_not_found`: MCP server not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMcpServersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `mcp_server_not_found`: MCP server not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `mcp_server_in_use`: MCP server is in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchMcpServersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    url?: string;
                    /** @enum {string} */
                    transport?: "streamable_http" | "sse";
                    headers?: {
                        [key: string]: string;
                    };
                    timeout_seconds?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mcp_server: components["schemas"]["McpServer"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `mcp_server_not_found`: MCP server not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `mcp_server_name_taken`: MCP server already exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMcpServersOneTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    headers?: {
                        [key: string]: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Reached, or not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpTest"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `mcp_server_not_found`: MCP server not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOrganizations: {
        parameters: {
            query?: {
                include_children?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organization */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postOrganizations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                    parent_org_id?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationCreated"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `forbidden`: Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchOrganizations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {number} */
                    content_retention_days: 30 | 90 | 180 | 365;
                    /** @enum {number} */
                    metadata_retention_days: 30 | 90 | 180 | 365 | 730;
                    name?: string;
                } | {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchOrganizationsOneMinutes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    minutes_balance: number | null;
                };
            };
        };
        responses: {
            /** @description The organization */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `forbidden`: Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `organization_not_found`: Organization not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getApiKeys: {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_keys: components["schemas"]["ApiKey"][];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `organization_not_found`: Organization not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postApiKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                    expires_at?: string | null;
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: components["schemas"]["ApiKeyCreated"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `organization_not_found`: Organization not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteApiKeysOne: {
        parameters: {
            query?: {
                organization_id?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_not_found`: API key not found; `organization_not_found`: Organization not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `last_api_key`: This is the organization's last key */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchApiKeysOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: components["schemas"]["ApiKey"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_not_found`: API key not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getDomains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        domain: components["schemas"]["Domain"] | null;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postDomains: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    domain_name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        domain: components["schemas"]["Domain"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `resend_key_missing`: No Resend key; `domain_exists`: Domain already exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request; `resend_refused`: Resend refused the request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_unavailable`: Resend is not available */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteDomains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `domain_not_found`: Domain not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_key_missing`: No Resend key */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_refused`: Resend refused the request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_unavailable`: Resend is not available */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postDomainsVerify: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        domain: components["schemas"]["Domain"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `domain_not_found`: Domain not found; `resend_domain_not_found`: Domain not found at Resend */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `resend_key_missing`: No Resend key */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request; `resend_refused`: Resend refused the request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_unavailable`: Resend is not available */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postDomainsRefresh: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        domain: components["schemas"]["Domain"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `domain_not_found`: Domain not found; `resend_domain_not_found`: Domain not found at Resend */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `resend_key_missing`: No Resend key */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request; `resend_refused`: Resend refused the request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_unavailable`: Resend is not available */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getDomainsSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        domains: components["schemas"]["ResendDomain"][];
                        selected_domain_id: string | null;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_key_missing`: No Resend key */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_refused`: Resend refused the request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_unavailable`: Resend is not available */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postDomainsSync: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    resendDomainId: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        domain: components["schemas"]["Domain"];
                        message: string;
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_domain_not_found`: Domain not found at Resend */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `resend_key_missing`: No Resend key */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request; `resend_refused`: Resend refused the request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `resend_unavailable`: Resend is not available */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getEmails: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                call_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        emails: components["schemas"]["Email"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSettingsWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook, its secret in clear */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: components["schemas"]["WebhookSettingsShown"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchSettingsWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    url?: string | null;
                    fallback_url?: string | null;
                    secret?: string | null;
                    events?: ("assistant-request" | "tool-calls" | "status-update" | "end-of-call-report")[] | null;
                };
            };
        };
        responses: {
            /** @description The webhook, its secret in clear */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: components["schemas"]["WebhookSettings"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSettingsWebhookRotateSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    secret?: string;
                    /** @default 86400 */
                    overlap_seconds?: number;
                };
            };
        };
        responses: {
            /** @description The webhook, its secret in clear */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: components["schemas"]["WebhookSettings"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAssistantsOneWebhookRotateSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    secret?: string;
                    /** @default 86400 */
                    overlap_seconds?: number;
                };
            };
        };
        responses: {
            /** @description The webhook, its secret in clear */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: components["schemas"]["WebhookSettings"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSettingsWebhookTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @default status-update
                     * @enum {string}
                     */
                    type?: "assistant-request" | "tool-calls" | "status-update" | "end-of-call-report";
                };
            };
        };
        responses: {
            /** @description What came of it; `attempt` is null when it is still under way after 12 s */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        webhook_event_id: string;
                        attempt: components["schemas"]["WebhookAttempt"] | null;
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `webhook_url_missing`: No webhook URL; `webhook_endpoint_disabled`: Webhook endpoint is disabled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAssistantsOneWebhookTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @default status-update
                     * @enum {string}
                     */
                    type?: "assistant-request" | "tool-calls" | "status-update" | "end-of-call-report";
                };
            };
        };
        responses: {
            /** @description What came of it; `attempt` is null when it is still under way after 12 s */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        webhook_event_id: string;
                        attempt: components["schemas"]["WebhookAttempt"] | null;
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `assistant_not_found`: Assistant not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `webhook_url_missing`: No webhook URL; `webhook_endpoint_disabled`: Webhook endpoint is disabled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookEvents: {
        parameters: {
            query?: {
                call_id?: string;
                type?: "assistant-request" | "tool-calls" | "status-update" | "end-of-call-report";
                state?: "pending" | "in-flight" | "delivered" | "exhausted" | "cancelled" | "failed" | "skipped";
                endpoint_id?: string;
                since?: string;
                until?: string;
                limit?: string;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_events: components["schemas"]["WebhookEvent"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookEventsStream: {
        parameters: {
            query?: {
                types?: string;
                since?: string;
                call_id?: string;
                attempts?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description text/event-stream; `Last-Event-ID` resumes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhookEventsReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    call_id?: string;
                    /** @enum {string} */
                    type?: "assistant-request" | "tool-calls" | "status-update" | "end-of-call-report";
                    /** @enum {string} */
                    state?: "pending" | "in-flight" | "delivered" | "exhausted" | "cancelled" | "failed" | "skipped";
                    endpoint_id?: string;
                    since?: string;
                    until?: string;
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description dry_run: how many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
            /** @description It is under way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_replay: components["schemas"]["WebhookReplay"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookEventsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_event: components["schemas"]["WebhookEvent"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `webhook_event_not_found`: Webhook event not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookEventsOneAttempts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempts: components["schemas"]["WebhookAttempt"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `webhook_event_not_found`: Webhook event not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhookEventsOneReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is pending */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_event: components["schemas"]["WebhookEvent"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `webhook_event_not_found`: Webhook event not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `webhook_event_not_replayable`: Webhook event cannot be replayed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookReplaysOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_replay: components["schemas"]["WebhookReplay"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `webhook_replay_not_found`: Webhook replay not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhookReplaysOnePause: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_replay: components["schemas"]["WebhookReplay"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `webhook_replay_not_found`: Webhook replay not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhookReplaysOneResume: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_replay: components["schemas"]["WebhookReplay"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `webhook_replay_not_found`: Webhook replay not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_endpoints: components["schemas"]["WebhookEndpoint"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookEndpointsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_endpoint: components["schemas"]["WebhookEndpoint"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `webhook_endpoint_not_found`: Webhook endpoint not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchWebhookEndpointsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    is_enabled: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_endpoint: components["schemas"]["WebhookEndpoint"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `webhook_endpoint_not_found`: Webhook endpoint not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOperationalEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operational_events: components["schemas"]["OperationalEvent"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who has signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                    totp_code?: string;
                    recovery_code?: string;
                };
            };
        };
        responses: {
            /** @description Who has signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `sign_in_refused`: E-mail or password is wrong; `totp_code_required`: A code is required; `totp_code_refused`: The code is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `csrf_refused`: Request not believed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people; `csrf_refused`: Request not believed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    organization_id: string;
                };
            };
        };
        responses: {
            /** @description Who has signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people; `csrf_refused`: Request not believed; `not_a_member`: Not a member of the organization */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postLinksLook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        link: components["schemas"]["OneTimeLink"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `csrf_refused`: Request not believed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `link_not_found`: Link not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `link_over`: Link is over */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postLinksAccept: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    token: string;
                    email?: string;
                    name?: string | null;
                    password: string;
                    totp_code?: string;
                    recovery_code?: string;
                };
            };
        };
        responses: {
            /** @description Who has signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `sign_in_refused`: E-mail or password is wrong; `totp_code_required`: A code is required; `totp_code_refused`: The code is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `csrf_refused`: Request not believed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `link_not_found`: Link not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `link_over`: Link is over */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: {
                            /** Format: uuid */
                            id: string;
                            name: string | null;
                        };
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people; `csrf_refused`: Request not believed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    current_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people; `csrf_refused`: Request not believed; `password_wrong`: Password is wrong */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        totp: {
                            secret: string;
                            /** @description To show as a QR code. */
                            uri: string;
                        };
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people; `csrf_refused`: Request not believed; `password_wrong`: Password is wrong */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMeTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    password: string;
                    totp_code?: string;
                    recovery_code?: string;
                };
            };
        };
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people; `csrf_refused`: Request not believed; `password_wrong`: Password is wrong */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `totp_not_begun`: No second factor */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeTotpConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Ten, each good for one sign-in; shown this once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recovery_codes: string[];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people; `csrf_refused`: Request not believed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `totp_not_begun`: No second factor */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Ten, each good for one sign-in; shown this once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recovery_codes: string[];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people; `csrf_refused`: Request not believed; `password_wrong`: Password is wrong */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `totp_not_begun`: No second factor */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sessions: components["schemas"]["OwnSession"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMeSessionsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_required`: Only for people; `csrf_refused`: Request not believed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `session_not_found`: Session not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMembers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        members: components["schemas"]["Member"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMembersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `member_not_found`: Member not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `last_owner`: This is the organization's last owner */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchMembersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "owner" | "member" | "read-only";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        member: components["schemas"]["Member"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `member_not_found`: Member not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `last_owner`: This is the organization's last owner */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitations: components["schemas"]["Invitation"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postInvitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    email: string;
                    /** @enum {string} */
                    role: "owner" | "member" | "read-only";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitation: components["schemas"]["InvitationCreated"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `already_member`: Already a member */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteInvitationsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `invitation_not_found`: Invitation not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        users: components["schemas"]["User"][];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `forbidden`: Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                    name?: string | null;
                    /**
                     * @default owner
                     * @enum {string}
                     */
                    role?: "owner" | "member" | "read-only";
                    organization_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["User"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `forbidden`: Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `organization_not_found`: Organization not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `user_exists`: User exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    password?: string;
                    remove_totp?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["User"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `forbidden`: Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `user_not_found`: User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersOneLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        link: components["schemas"]["LinkCreated"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `forbidden`: Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `user_not_found`: User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersWelcomeLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within 24 hours, the request gets the first one's answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        link: components["schemas"]["LinkCreated"];
                    };
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `forbidden`: Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_in_use`: A request with this Idempotency-Key is being carried out; `users_exist`: Users exist */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `idempotency_key_reused`: Idempotency-Key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAuditLog: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                action?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audit_log: components["schemas"]["AuditEntry"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
            /** @description `invalid_request`: Validation failed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `unauthorized`: Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limit_exceeded`: Rate limit exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "on-assistant-request": {
        parameters: {
            query?: never;
            header: {
                /** @description the event's type */
                "X-Webhook-Event": string;
                /** @description Unix seconds, of this attempt */
                "X-Webhook-Timestamp": string;
                /** @description sha256= and the hexadecimal HMAC-SHA256 of `<timestamp>.<body>` */
                "X-Webhook-Signature": string;
                /** @description extension: the event's id, the same on every attempt */
                "X-Webhook-Id": string;
                /** @description Standard Webhooks */
                "webhook-id": string;
                /** @description Standard Webhooks */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: one signature for each active secret */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    message: {
                        /** @constant */
                        type: "assistant-request";
                        /** Format: date-time */
                        timestamp: string;
                        call: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            type: "inbound_phone_call" | "outbound_phone_call" | "web_call";
                            status: string;
                        };
                        phone_number: {
                            id: string | null;
                            number: string | null;
                            name: string | null;
                        };
                        customer: {
                            number: string | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Taken */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on-tool-calls": {
        parameters: {
            query?: never;
            header: {
                /** @description the event's type */
                "X-Webhook-Event": string;
                /** @description Unix seconds, of this attempt */
                "X-Webhook-Timestamp": string;
                /** @description sha256= and the hexadecimal HMAC-SHA256 of `<timestamp>.<body>` */
                "X-Webhook-Signature": string;
                /** @description extension: the event's id, the same on every attempt */
                "X-Webhook-Id": string;
                /** @description Standard Webhooks */
                "webhook-id": string;
                /** @description Standard Webhooks */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: one signature for each active secret */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    message: {
                        /** @constant */
                        type: "tool-calls";
                        /** Format: date-time */
                        timestamp: string;
                        call: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            type: "inbound_phone_call" | "outbound_phone_call" | "web_call";
                            status: string;
                        };
                        phone_number: {
                            id: string | null;
                            number: string | null;
                            name: string | null;
                        };
                        customer: {
                            number: string | null;
                        };
                        assistant?: {
                            [key: string]: unknown;
                        };
                        tool_call_list: {
                            id: string;
                            /** @constant */
                            type: "function";
                            function: {
                                name: string;
                                arguments: {
                                    [key: string]: unknown;
                                };
                            };
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Taken */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on-status-update": {
        parameters: {
            query?: never;
            header: {
                /** @description the event's type */
                "X-Webhook-Event": string;
                /** @description Unix seconds, of this attempt */
                "X-Webhook-Timestamp": string;
                /** @description sha256= and the hexadecimal HMAC-SHA256 of `<timestamp>.<body>` */
                "X-Webhook-Signature": string;
                /** @description extension: the event's id, the same on every attempt */
                "X-Webhook-Id": string;
                /** @description Standard Webhooks */
                "webhook-id": string;
                /** @description Standard Webhooks */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: one signature for each active secret */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    message: {
                        /** @constant */
                        type: "status-update";
                        /** Format: date-time */
                        timestamp: string;
                        call: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            type: "inbound_phone_call" | "outbound_phone_call" | "web_call";
                            status: string;
                        };
                        phone_number: {
                            id: string | null;
                            number: string | null;
                            name: string | null;
                        };
                        customer: {
                            number: string | null;
                        };
                        assistant?: {
                            [key: string]: unknown;
                        };
                        error?: string;
                        end_reason?: string;
                        /** @description Extension: the event's place among its call's, from 1. */
                        sequence: number;
                    };
                };
            };
        };
        responses: {
            /** @description Taken */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on-end-of-call-report": {
        parameters: {
            query?: never;
            header: {
                /** @description the event's type */
                "X-Webhook-Event": string;
                /** @description Unix seconds, of this attempt */
                "X-Webhook-Timestamp": string;
                /** @description sha256= and the hexadecimal HMAC-SHA256 of `<timestamp>.<body>` */
                "X-Webhook-Signature": string;
                /** @description extension: the event's id, the same on every attempt */
                "X-Webhook-Id": string;
                /** @description Standard Webhooks */
                "webhook-id": string;
                /** @description Standard Webhooks */
                "webhook-timestamp": string;
                /** @description Standard Webhooks: one signature for each active secret */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    message: {
                        /** @constant */
                        type: "end-of-call-report";
                        /** Format: date-time */
                        timestamp: string;
                        call: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            type: "inbound_phone_call" | "outbound_phone_call" | "web_call";
                            status: string;
                        };
                        phone_number: {
                            id: string | null;
                            number: string | null;
                            name: string | null;
                        };
                        customer: {
                            number: string | null;
                        };
                        assistant?: {
                            [key: string]: unknown;
                        };
                        error?: string;
                        end_reason?: string;
                        /** @description Extension: the event's place among its call's, from 1. */
                        sequence: number;
                        duration_seconds: number;
                        summary: string;
                        messages: ({
                            role: string;
                            content: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        analysis?: {
                            [key: string]: unknown;
                        };
                        recording_url?: string;
                        /** Format: date-time */
                        started_at?: string;
                        /** Format: date-time */
                        ended_at?: string;
                        /**
                         * @description Extension: the assistant is in GDPR mode, so `summary` and `messages` are empty and there is neither analysis nor recording.
                         * @constant
                         */
                        gdpr_mode?: true;
                    };
                };
            };
        };
        responses: {
            /** @description Taken */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
