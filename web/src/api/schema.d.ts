// Made by `make page-types` from the OpenAPI document 3cad5f836f21aa34074a21c0e824a4ca4ceaad6f881729c9c366dda772aa4403

export interface paths {
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Alerts in the order in which they were raised; those without a portfolio concern the whole house.
         */
        get: operations["page_alerts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/{alert_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve
         * @description Close an alert; one that is closed already is already so. It is raised again when its cause comes back.
         */
        post: operations["resolve_alerts__alert_id__resolve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Chain
         * @description How far the chain of hashes goes, when the log was last verified, and the latest heads that are kept outside.
         */
        get: operations["chain_audit_chain_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify
         * @description Hold the log against its chain, decide again, rebuild beside. What takes longer answers 202: ask again.
         *
         *     A log has many owners: what their portfolios hold, and the keys of their rows, are told by their hashes; `ballast
         *     verify` tells them in clear.
         */
        get: operations["verify_audit_verify_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Login
         * @description Sign in; the answer brings a cookie. A name that is not there is answered as a wrong password, as late.
         *
         *     Who has a second factor is answered 401 with the type `/problems/code-missing` until the code is given too.
         */
        post: operations["login_auth_login_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logout
         * @description Sign out here, or everywhere.
         */
        post: operations["logout_auth_logout_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who Asks
         * @description Who asks. Nobody is answered 401, with `auth` saying how one signs in here.
         */
        get: operations["who_asks_auth_me_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change Password
         * @description Another password; every other sign-in ends. Tokens go on: remove them where they are not wanted.
         */
        post: operations["change_password_auth_password_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove
         * @description Prove again who one is, for what wants that within the last five minutes.
         */
        post: operations["prove_auth_proof_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin
         * @description Offer a secret for a device. Nobody is asked for codes before one has been given.
         */
        post: operations["begin_auth_second_factor_post"];
        /**
         * Remove
         * @description Sign in without codes again.
         */
        delete: operations["remove_auth_second_factor_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm
         * @description Give a first code; from now on signing in takes one. The answer has the recovery codes: write them down.
         */
        post: operations["confirm_auth_second_factor_confirm_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew
         * @description Other recovery codes; those before count no more.
         */
        post: operations["renew_auth_second_factor_recovery_codes_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Wherever one is signed in, the newest first. In open mode nobody is.
         */
        get: operations["page_auth_sign_ins_get"];
        put?: never;
        post?: never;
        /**
         * End Others
         * @description Sign out everywhere but here.
         */
        delete: operations["end_others_auth_sign_ins_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-ins/{sign_in_id}": {
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
         * End
         * @description Sign out there. 404 for a sign-in that is over, or another person's.
         */
        delete: operations["end_auth_sign_ins__sign_in_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description One's own tokens, also those that are over.
         */
        get: operations["get_auth_tokens_get"];
        put?: never;
        /**
         * Make
         * @description Make a token. Its secret stands in this answer and nowhere else.
         */
        post: operations["make_auth_tokens_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens/{token_id}": {
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
         * Remove
         * @description Remove a token; it lets nobody in any more.
         */
        delete: operations["remove_auth_tokens__token_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description One's own channels, and how each does.
         */
        get: operations["get_channels_get"];
        /**
         * Put
         * @description Make the list what it says, whole. Nothing is sent; a channel hears what happens from now on.
         */
        put: operations["put_channels_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test
         * @description Send a test message over a channel, at once and once, whatever it is set to.
         */
        post: operations["test_channels__channel_id__test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dividends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dividend
         * @description Announce a dividend; the same again is answered as it is.
         */
        post: operations["dividend_dividends_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Events of one's own portfolios and of listings, oldest first unless asked otherwise.
         */
        get: operations["page_events_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchanges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description Exchanges to propose, each with its usual currency and quote unit, and the units that are parts of a currency.
         */
        get: operations["get_exchanges_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description My exports, the latest first.
         */
        get: operations["page_exports_get"];
        put?: never;
        /**
         * Request
         * @description Ask for the log with its hash chain, the ledger, orders, prices or a year's statement; a worker writes them.
         *
         *     They go into a folder of their own in Ballast's folder of exports (`file:`, `file:2026/q1`) or in a bucket
         *     (`s3://bucket/prefix`). How far it is, and the files, are at `/exports/{id}`.
         */
        post: operations["request_exports_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{export_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One
         * @description One export: how far it is, and its files with their hashes once it is there.
         */
        get: operations["one_exports__export_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{export_id}/files/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File
         * @description One of its files, or a range of its bytes (`Range`). Its ETag is its SHA-256, so that a download can go on.
         *
         *     410 once somebody has removed it; 409 where it went into a bucket.
         */
        get: operations["file_exports__export_id__files__name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/destinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Destinations
         * @description Where an export may go: Ballast's folder of exports, and what buckets the operator names.
         */
        get: operations["destinations_exports_destinations_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze
         * @description Freeze all of one's portfolios at once, and have their open orders cancelled if that is wanted.
         *
         *     Those that were frozen already learn the reason. Replays, which own nothing, go on.
         */
        post: operations["freeze_freeze_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/freshness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description The newest good price of everything that one's live portfolios watch, or one of them, by symbol.
         */
        get: operations["get_freshness_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fx-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Stored rates, oldest first; quarantined ones carry the rule that stopped them.
         */
        get: operations["page_fx_rates_get"];
        put?: never;
        /**
         * Take
         * @description Take rates in; sending them again changes nothing. One more than half away from the last is quarantined.
         */
        post: operations["take_fx_rates_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live
         * @description The process serves requests, whatever else is wrong.
         */
        get: operations["live_health_live_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description Whether every dependency answers, and how far the read models are behind; 503 while one does not.
         *
         *     Calendars that end within ninety days, of exchanges that listings name, are warned of. Where people sign in, nobody
         *     else is told more than the status.
         */
        get: operations["ready_health_ready_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/trading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Trading
         * @description Whether anything keeps the rules from trading.
         */
        get: operations["trading_health_trading_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instruments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Instruments in the order of their ids.
         */
        get: operations["page_instruments_get"];
        put?: never;
        /**
         * Register
         * @description Make an instrument known; of the one that has its ISIN already, what was not known is learnt.
         */
        post: operations["register_instruments_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instruments/{instrument_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One
         * @description One instrument.
         */
        get: operations["one_instruments__instrument_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change
         * @description Tell more of an instrument, or something else. An ISIN that it has remains.
         */
        patch: operations["change_instruments__instrument_id__patch"];
        trace?: never;
    };
    "/listings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Listings in the order of their registration; by a symbol, those that go by it now.
         *
         *     ``q`` is what somebody types who looks for one, and stands alone: each word begins the symbol or a word of the name,
         *     or is the exchange or the ISIN. The best come first, and there is one page.
         */
        get: operations["page_listings_get"];
        put?: never;
        /**
         * Register
         * @description Make a listing known; one that is known already is answered as it is.
         */
        post: operations["register_listings_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One
         * @description One listing.
         */
        get: operations["one_listings__listing_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Describe
         * @description Tell more of a listing: its name, the step of its prices, or which instrument it is of.
         */
        patch: operations["describe_listings__listing_id__patch"];
        trace?: never;
    };
    "/listings/{listing_id}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Of Listing
         * @description What was announced of a listing, by when it takes effect; there is one page.
         */
        get: operations["of_listing_listings__listing_id__actions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prices
         * @description Stored prices, oldest first; quarantined ones carry the rule that stopped them.
         */
        get: operations["prices_listings__listing_id__prices_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/quarantine/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discard
         * @description Say that waiting prices are wrong: they can be seen, and nothing ever uses them. Their alerts are resolved.
         */
        post: operations["discard_listings__listing_id__quarantine_discard_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/quarantine/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release
         * @description Let waiting prices be prices after all: used from now on, and the newest is what the next is held against.
         *
         *     422 where some were stopped for scale or currency_mismatch and ``rule`` does not name that. Their alerts are
         *     resolved. A freeze stays until somebody lifts it.
         */
        post: operations["release_listings__listing_id__quarantine_release_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retire
         * @description Let it trade no more, which frees its symbol; not while a position is open in it.
         */
        post: operations["retire_listings__listing_id__retire_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/symbol": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change
         * @description Let it go by another symbol. It is the same listing, with its positions, orders and prices.
         */
        post: operations["change_listings__listing_id__symbol_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/listings/{listing_id}/thresholds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Listing
         * @description The thresholds in force for a listing, and those of them that were set.
         */
        get: operations["get_listing_listings__listing_id__thresholds_get"];
        /**
         * Put Listing
         * @description Set the thresholds that prices of a listing are stopped by, for everybody; what is left out has the default.
         */
        put: operations["put_listing_listings__listing_id__thresholds_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mergers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merger
         * @description Announce a merger; the same again is answered as it is.
         */
        post: operations["merger_mergers_post"];
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
        /**
         * Metrics
         * @description The measures of one position, or of a portfolio's positions together, over a window.
         */
        get: operations["metrics_metrics_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description What one was told, oldest first unless asked otherwise. Ask again with `after` set to the last `number`
         *     for what came since.
         *
         *     While a portfolio is frozen it says nothing but that; its alerts are all in `GET /alerts`.
         */
        get: operations["page_notifications_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/{notification_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read
         * @description Mark one as read; one that is read already is already so.
         */
        post: operations["read_notifications__notification_id__read_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read Up To
         * @description Mark one as read, and all before it.
         */
        post: operations["read_up_to_notifications_read_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Orders in the order of their decisions.
         */
        get: operations["page_orders_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One
         * @description One order with its executions.
         */
        get: operations["one_orders__order_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel
         * @description Cancel it: at once when it has not left yet, else by asking its broker.
         */
        post: operations["cancel_orders__order_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/resubmit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resubmit
         * @description Send an order of unknown fate once more, under the id it has: the broker is asked for it first.
         *
         *     If the broker has it after all, what it says is booked and nothing is sent.
         */
        post: operations["resubmit_orders__order_id__resubmit_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Callback
         * @description Book what a paper broker says of an order. 202: kept until it can be booked, and a person is called.
         */
        post: operations["callback_orders_callback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/callback/{portfolio_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Callback Of Account
         * @description The same for a portfolio at a real broker, signed with a secret of its own account.
         */
        post: operations["callback_of_account_orders_callback__portfolio_id__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{policy_hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Archived
         * @description A policy that a portfolio of one's own has or had, by its hash.
         */
        get: operations["archived_policies__policy_hash__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Schema
         * @description The JSON Schema of a policy in a base currency.
         */
        get: operations["schema_policies_schema_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description One's own portfolios in the order of their opening.
         */
        get: operations["page_portfolios_get"];
        put?: never;
        /**
         * Open Portfolio
         * @description Open a portfolio. It begins on paper: a real broker is connected afterwards, with its keys.
         */
        post: operations["open_portfolio_portfolios_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One
         * @description One portfolio.
         */
        get: operations["one_portfolios__portfolio_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Amend
         * @description Rename it, or override settings for all its positions, or both.
         */
        patch: operations["amend_portfolios__portfolio_id__patch"];
        trace?: never;
    };
    "/portfolios/{portfolio_id}/broker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Connect
         * @description Connect the portfolio to a broker, or give it other keys; those before are forgotten.
         *
         *     Where people sign in, they have proven who they are within five minutes: by signing in, or by `POST /auth/proof`.
         *     Keys are tried at the broker first. From paper to real money takes the typed confirmation and begins frozen. A
         *     restored Ballast goes nowhere but to a real account: one that it left would never be compared.
         */
        put: operations["connect_portfolios__portfolio_id__broker_put"];
        post?: never;
        /**
         * Disconnect
         * @description Forget the keys and return to paper; not while a restored Ballast waits for that account to be compared.
         */
        delete: operations["disconnect_portfolios__portfolio_id__broker_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/broker/callback-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate Callback Secret
         * @description Make another callback secret, told here and never again; the one before counts for 24 hours more.
         */
        post: operations["rotate_callback_secret_portfolios__portfolio_id__broker_callback_secret_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/cash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cash
         * @description Its cash: free, in its positions, and receivable.
         */
        get: operations["cash_portfolios__portfolio_id__cash_get"];
        put?: never;
        /**
         * Move Cash
         * @description Book cash that came or went.
         */
        post: operations["move_cash_portfolios__portfolio_id__cash_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/constituents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description Its constituents in the order of priority.
         */
        get: operations["get_portfolios__portfolio_id__constituents_get"];
        /**
         * Put
         * @description Make the list what it says, whole. An entry that cannot be is named, and then nothing is stored.
         */
        put: operations["put_portfolios__portfolio_id__constituents_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze
         * @description Stop evaluation and orders until a person lifts it. Frozen already, it learns the reason.
         */
        post: operations["freeze_portfolios__portfolio_id__freeze_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/holdings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Holdings
         * @description What it holds, the shares of its positions included, at the latest good prices and exchange rates.
         */
        get: operations["holdings_portfolios__portfolio_id__holdings_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description The files that were imported, oldest first.
         */
        get: operations["page_portfolios__portfolio_id__imports_get"];
        put?: never;
        /**
         * Preview
         * @description What a broker's file would book, row by row, with everything that is wrong or to be asked. Nothing is booked.
         */
        post: operations["preview_portfolios__portfolio_id__imports_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/imports/{import_id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply
         * @description Book what a preview proposed, as one batch, once. 409 when the books have moved since the preview.
         */
        post: operations["apply_portfolios__portfolio_id__imports__import_id__apply_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ledger
         * @description Its journal, oldest first unless asked otherwise.
         */
        get: operations["ledger_portfolios__portfolio_id__ledger_get"];
        put?: never;
        /**
         * Post
         * @description Post a batch of entries. Cash may be overdrawn by what has happened, units may not; a freeze blocks nothing.
         */
        post: operations["post_portfolios__portfolio_id__ledger_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/ledger/reversals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reverse
         * @description Take back what was posted, by opposite entries; nothing is edited.
         */
        post: operations["reverse_portfolios__portfolio_id__ledger_reversals_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/market-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description The providers in the order in which they are asked.
         */
        get: operations["get_portfolios__portfolio_id__market_data_get"];
        /**
         * Put
         * @description Ask these providers from now on, in this order. A key that was given before stays, unless the host changes.
         */
        put: operations["put_portfolios__portfolio_id__market_data_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/market-data/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh
         * @description Ask the providers now for what the portfolio watches; a run, whose summary says what came.
         */
        post: operations["refresh_portfolios__portfolio_id__market_data_refresh_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Everybody who sees the portfolio; there is one page.
         */
        get: operations["page_portfolios__portfolio_id__members_get"];
        put?: never;
        /**
         * Add
         * @description Let a person see the portfolio and do with it whatever its owner does, but for this. 403 unless one owns it.
         *
         *     Where people sign in, they have proven who they are within five minutes: by signing in, or by `POST /auth/proof`.
         *     An id that is nobody's is refused there.
         */
        post: operations["add_portfolios__portfolio_id__members_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/members/{user_id}": {
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
         * Remove
         * @description Take that back, from now on; what they did stays. 403 unless one owns it, 409 for the owner.
         *
         *     It takes no new proof: whoever shuts somebody out in a hurry shall not look for a device first.
         */
        delete: operations["remove_portfolios__portfolio_id__members__user_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One
         * @description What its runs follow, what waits for approval, and how that differs.
         */
        get: operations["one_portfolios__portfolio_id__policy_get"];
        /**
         * Draft
         * @description Put a policy forward; whatever is wrong with it is said at once, and then nothing is stored.
         *
         *     With ``dry_run`` nothing is stored either way, and no key is needed.
         */
        put: operations["draft_portfolios__portfolio_id__policy_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/policy/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve
         * @description Make the draft what runs follow; the portfolio's constituents become its instruments.
         */
        post: operations["approve_portfolios__portfolio_id__policy_approve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/policy/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * History
         * @description Every step of its policies, who took it and when, newest first.
         */
        get: operations["history_portfolios__portfolio_id__policy_history_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/policy/manifesto": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Manifesto
         * @description The manifesto of the active policy or of the draft, with the policy's own figures in it, as Markdown.
         */
        get: operations["manifesto_portfolios__portfolio_id__policy_manifesto_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/policy/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Review
         * @description Ask the configured model for its opinion of the draft, or another one. It comes later, and approves nothing.
         */
        post: operations["review_portfolios__portfolio_id__policy_review_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open Position
         * @description Begin a position.
         */
        post: operations["open_position_portfolios__portfolio_id__positions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reconcile
         * @description Compare its books with its broker's now. What was missed is adopted, what differs is said and alerted.
         */
        post: operations["reconcile_portfolios__portfolio_id__reconcile_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Its runs, the latest first: those that were asked for, and what Ballast did because something happened.
         */
        get: operations["page_portfolios__portfolio_id__runs_get"];
        put?: never;
        /**
         * Request
         * @description Ask for a run; a worker carries it out. What became of it is at `/runs/{id}`.
         */
        post: operations["request_portfolios__portfolio_id__runs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description Its schedules, with when each is due next and its latest run.
         */
        get: operations["get_portfolios__portfolio_id__schedules_get"];
        /**
         * Put
         * @description Say when runs are due, one schedule a kind. What is wrong is named, and then nothing is stored.
         *
         *     A schedule that is new or changed begins now; one that stays as it was goes on.
         */
        put: operations["put_portfolios__portfolio_id__schedules_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/thresholds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Portfolio
         * @description A portfolio's own thresholds; all others are those of each listing.
         */
        get: operations["get_portfolio_portfolios__portfolio_id__thresholds_get"];
        /**
         * Put Portfolio
         * @description Set tighter thresholds by which this portfolio alone is called and frozen; a looser one has no effect.
         */
        put: operations["put_portfolio_portfolios__portfolio_id__thresholds_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/triggers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description The active policy's waves and sunsets in the order in which they would fire, and others that are used.
         */
        get: operations["page_portfolios__portfolio_id__triggers_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/triggers/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release
         * @description Make triggers that are used up available again; one that is only recommended is ignored with its advice.
         */
        post: operations["release_portfolios__portfolio_id__triggers_release_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unfreeze
         * @description Lift a freeze, whatever it was for: read ``freeze_reasons`` first.
         */
        post: operations["unfreeze_portfolios__portfolio_id__unfreeze_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/value": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Value
         * @description Its value at the end of each day on which something was booked or priced, oldest first; today's as it stands.
         *
         *     Deposits and withdrawals are no gain or loss: ``unit_value`` is what one of the day's units is worth, 1 at first.
         */
        get: operations["value_portfolios__portfolio_id__value_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Cards in the order of the positions' opening; with ``sentences`` each says what it would do now in words.
         *
         *     With ``placements`` those that carry out a line of advice are among them, with ``symbol`` only those whose symbol
         *     begins so.
         */
        get: operations["page_positions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{position_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One
         * @description A position's card: where it stands, and what the rule would do now.
         */
        get: operations["one_positions__position_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{position_id}/cash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move Cash
         * @description Move cash between the portfolio and the position.
         */
        post: operations["move_cash_positions__position_id__cash_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{position_id}/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Chart
         * @description The last hour, day, week, month or year of a position; in a replay, up to where it has come.
         *
         *     Unasked it is the shortest of them that shows all of the position, a month at most.
         */
        get: operations["chart_positions__position_id__chart_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{position_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close
         * @description End it: its cash returns to the portfolio, its shares stay as a holding.
         */
        post: operations["close_positions__position_id__close_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{position_id}/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluate
         * @description Decide for a position. With ``dry_run`` nothing is stored, and no key is needed.
         */
        post: operations["evaluate_positions__position_id__evaluate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{position_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause
         * @description Stop deciding for it; an order that is out goes on.
         */
        post: operations["pause_positions__position_id__pause_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{position_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description What other settings would make of the band and of a decision now. Nothing is stored, and no key is needed.
         */
        post: operations["preview_positions__position_id__preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{position_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume
         * @description Decide for it again.
         */
        post: operations["resume_positions__position_id__resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/positions/{position_id}/settings": {
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
        /**
         * Change Settings
         * @description Override settings for this position; what is left out stays as it is.
         */
        patch: operations["change_settings_positions__position_id__settings_patch"];
        trace?: never;
    };
    "/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ingest
         * @description Take prices in; sending them again changes nothing. What the gate stops is answered as a finding.
         */
        post: operations["ingest_prices_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Stopped prices, in the order in which they came: of one listing, or of all that one's portfolios are made of.
         */
        get: operations["page_quarantine_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description One's recommendations, newest first.
         */
        get: operations["page_recommendations_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{recommendation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One
         * @description One recommendation.
         */
        get: operations["one_recommendations__recommendation_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{recommendation_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve
         * @description Agree with it; not while its portfolio is frozen. In an automatic one its lines become orders from then on.
         */
        post: operations["approve_recommendations__recommendation_id__approve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{recommendation_id}/ignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ignore
         * @description Let it be; the triggers behind it are available again.
         */
        post: operations["ignore_recommendations__recommendation_id__ignore_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{recommendation_id}/mark-executed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark Executed
         * @description Book what was executed of it, as it was: in part, over several days, with other quantities and prices.
         *
         *     What a line has booked under a broker's reference is not booked again. More than a position's order freezes.
         */
        post: operations["mark_executed_recommendations__recommendation_id__mark_executed_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{recommendation_id}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reverse
         * @description Take back what was booked of it; books and triggers are as they were before.
         */
        post: operations["reverse_recommendations__recommendation_id__reverse_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recommendations/{recommendation_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Review
         * @description Ask the configured model for its opinion, or for another one. It comes later, and changes nothing.
         */
        post: operations["review_recommendations__recommendation_id__review_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One
         * @description One run.
         */
        get: operations["one_runs__run_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Snapshot
         * @description What it was worked out from: canonical JSON, whose SHA-256 is the run's `snapshot_hash`. 410 once retired.
         */
        get: operations["snapshot_runs__run_id__input_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/described": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe
         * @description What a cron expression means, and when it would fall due next; 422 names what is wrong with it.
         */
        get: operations["describe_schedules_described_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/splits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Split
         * @description Announce a split; the same again is answered as it is.
         */
        post: operations["split_splits_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description Is the machine well: from the newest price to the last trade, what is behind, what waits, the latest backup.
         */
        get: operations["get_system_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Jobs that failed until they were given up and that nobody has seen to, in the order in which they first were.
         */
        get: operations["page_system_dead_letters_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system/dead-letters/{letter_id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss
         * @description Let it be.
         */
        post: operations["dismiss_system_dead_letters__letter_id__dismiss_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system/dead-letters/{letter_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry
         * @description Ask for the job once more; if it fails again, it comes back as another.
         */
        post: operations["retry_system_dead_letters__letter_id__retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description One's live portfolios at a glance, what waits for one, and how that reads in a sentence.
         */
        get: operations["get_today_get"];
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
         * Action
         * @description An announced action; what its kind does not have is null.
         *
         *     It takes effect at ``effective_at``, the open of the first session on or after its date; a dividend is paid at
         *     ``payable_at``.
         */
        Action: {
            /** Cash Per Share */
            cash_per_share: string | null;
            /** Currency */
            currency: string;
            /** Effective */
            effective: string | null;
            /**
             * Effective At
             * Format: date-time
             */
            effective_at: string;
            /** Ex Date */
            ex_date: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Into Listing Id */
            into_listing_id: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "dividend" | "split" | "merger";
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /** Pay Date */
            pay_date: string | null;
            /** Payable At */
            payable_at: string | null;
            /** Per Share */
            per_share: string | null;
            /** Ratio */
            ratio: string | null;
            /** Sentence */
            sentence: string;
            /** Withholding Rate */
            withholding_rate: string | null;
        };
        /**
         * AdviceLine
         * @description An order to place. Weights are its sleeve's among invested assets, null for the cash park.
         *
         *     A position's has no sleeve; its weights are the share of the position that is in shares. ``open_quantity`` is what
         *     was not executed of it yet, ``price`` is in the ``quote_unit``. Where an automatic portfolio places it, ``placing``
         *     says how that fares, ``order_id`` names its latest order, and ``not_placed`` says why it did not come to what was
         *     advised.
         */
        AdviceLine: {
            /** Action */
            action: string;
            /**
             * Amount
             * Format: decimal
             */
            amount: string;
            /**
             * Executed Quantity
             * Format: decimal
             */
            executed_quantity: string;
            /** Executions */
            executions: components["schemas"]["ExecutedPart"][];
            /** Funding */
            funding: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /** Not Placed */
            not_placed: string | null;
            /**
             * Open Quantity
             * Format: decimal
             */
            open_quantity: string;
            /** Order Id */
            order_id: string | null;
            /** Placing */
            placing: ("waiting" | "at_work" | "ended" | "declined") | null;
            /**
             * Price
             * Format: decimal
             */
            price: string;
            /**
             * Quantity
             * Format: decimal
             */
            quantity: string;
            /** Quote Unit */
            quote_unit: string;
            /** Rules */
            rules: string[];
            /** Sentence */
            sentence: string;
            /** Sleeve */
            sleeve: string | null;
            /** Source */
            source: string;
            /** Symbol */
            symbol: string;
            /** Trigger */
            trigger: string | null;
            /** Weight After */
            weight_after: string | null;
            /** Weight Before */
            weight_before: string | null;
        };
        /**
         * Alert
         * @description ``remedy`` is the first step that a person takes, null where nothing general can be said.
         */
        Alert: {
            /** Expected */
            expected: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Listing Id */
            listing_id: string | null;
            /** Message */
            message: string;
            /** Observed */
            observed: string | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Portfolio Id */
            portfolio_id: string | null;
            /** Remedy */
            remedy: string | null;
            /** Resolved At */
            resolved_at: string | null;
            /** Rule */
            rule: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "WARN" | "CRITICAL";
        };
        /**
         * Allocation
         * @description ``allocate`` moves free cash of the portfolio into the position, ``return`` moves it back.
         */
        Allocation: {
            /**
             * Amount
             * @example 10.00
             */
            amount: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "allocate" | "return";
        };
        /**
         * Amendment
         * @description What is left out stays as it is.
         */
        Amendment: {
            /** Name */
            name?: string | null;
            settings?: components["schemas"]["SettingsChange"] | null;
        };
        /**
         * AnswersIn
         * @description Answers to what the preview asks, and the lines of rows that are to be left out.
         */
        AnswersIn: {
            /**
             * Answers
             * @default []
             */
            answers?: components["schemas"]["SecurityAnswer"][];
            /**
             * Skip Lines
             * @default []
             */
            skip_lines?: number[];
        };
        /**
         * Wanted
         * @description Of one portfolio, or of all that are mine; from ``from`` on and before ``to``.
         *
         *     ``year`` is short for a calendar year of UTC.
         */
        api__http__routes__exports__Wanted: {
            /**
             * Destination
             * @default file:
             */
            destination?: string;
            /**
             * Format
             * @enum {string}
             */
            format: "csv" | "jsonl" | "parquet";
            /** From */
            from?: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "events" | "ledger" | "orders" | "prices" | "statement";
            /** Portfolio Id */
            portfolio_id?: string | null;
            /** To */
            to?: string | null;
            /** Year */
            year?: number | null;
        };
        /**
         * Wanted
         * @description The whole list, in the order in which they are asked.
         */
        api__http__routes__market_data__Wanted: {
            /** Providers */
            providers: components["schemas"]["ProviderIn"][];
        };
        /**
         * Wanted
         * @description ``as_of`` is the moment the run is about, now when it is left out.
         */
        api__http__routes__runs__Wanted: {
            /** As Of */
            as_of?: string | null;
            /** Kind */
            kind: string;
        };
        /** Difference */
        api__http__schemas__alerts__Difference: {
            /** Expected */
            expected: string | null;
            /** Listing Id */
            listing_id: string | null;
            /** Message */
            message: string;
            /** Observed */
            observed: string | null;
            /** Rule */
            rule: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "WARN" | "CRITICAL";
        };
        /**
         * Difference
         * @description Where what is stored and what it should be part. ``number`` is the event's, null where it belongs to none.
         *
         *     A side is null where there is nothing. What portfolios hold is told by the SHA-256 of its text.
         */
        api__http__schemas__audit__Difference: {
            /** Expected */
            expected: string | null;
            /** Found */
            found: string | null;
            /** Number */
            number: number | null;
            /** What */
            what: string;
        };
        /**
         * AppliedImport
         * @description What was booked; ``batch_id`` reverses all of it.
         */
        AppliedImport: {
            /**
             * Batch Id
             * Format: uuid
             */
            batch_id: string;
            /** Entries */
            entries: components["schemas"]["PostedEntry"][];
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * Approval
         * @description The hash of the draft that was read; null approves whatever is the draft now.
         */
        Approval: {
            /** Policy Hash */
            policy_hash?: string | null;
        };
        /**
         * ArchivedPolicy
         * @description A policy as it was kept under its hash.
         */
        ArchivedPolicy: {
            /** Policy */
            policy: {
                [key: string]: unknown;
            };
            /** Policy Hash */
            policy_hash: string;
        };
        /**
         * Asked
         * @description A price, or a quote, or nothing for the latest known price. ``as_of`` is the decision time.
         */
        Asked: {
            /** As Of */
            as_of?: string | null;
            /** Ask */
            ask?: string | null;
            /** Bid */
            bid?: string | null;
            /** Last */
            last?: string | null;
            /** Price */
            price?: string | null;
        };
        /**
         * BackupStanding
         * @description How the latest backup went, and when the next is due; null where there is none.
         */
        BackupStanding: {
            /** Ended At */
            ended_at: string | null;
            /** Next Due */
            next_due: string | null;
            /** Status */
            status: string | null;
            /** Summary */
            summary: string | null;
        };
        /**
         * BandStep
         * @description Anchor and band from this moment on.
         */
        BandStep: {
            /**
             * Anchor
             * Format: decimal
             */
            anchor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Buy Below
             * Format: decimal
             */
            buy_below: string;
            /**
             * Sell Above
             * Format: decimal
             */
            sell_above: string;
        };
        /**
         * BatchIn
         * @description Booked in this order, all or none.
         */
        BatchIn: {
            /** Entries */
            entries: components["schemas"]["EntryIn"][];
        };
        /** Because */
        Because: {
            /** Reason */
            reason: string;
        };
        /**
         * Broker
         * @description What is null is left out; ``environment`` and ``account`` are a real broker's.
         */
        Broker: {
            /** Account */
            account?: string | null;
            /** Auto Fill */
            auto_fill: boolean;
            /** Environment */
            environment?: ("paper" | "live") | null;
            /** Halt Bps */
            halt_bps?: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "paper" | "alpaca";
            /** Latency Ms */
            latency_ms: number;
            /** Partial Fills */
            partial_fills: boolean;
            /** Reject Bps */
            reject_bps?: number | null;
            /** Seed */
            seed: number;
            /**
             * Slippage Bps
             * Format: decimal
             */
            slippage_bps: string;
        };
        /**
         * BrokerChoice
         * @description Which broker executes, and how the paper broker behaves.
         *
         *     ``reject_bps`` and ``halt_bps`` are how many of ten thousand orders it rejects, and leaves unfilled until
         *     they expire. ``environment`` and ``account`` are a real broker's.
         */
        BrokerChoice: {
            /** Account */
            account?: string | null;
            /**
             * Auto Fill
             * @default true
             */
            auto_fill?: boolean;
            /** Environment */
            environment?: ("paper" | "live") | null;
            /** Halt Bps */
            halt_bps?: number | null;
            /**
             * Kind
             * @default paper
             * @enum {string}
             */
            kind?: "paper" | "alpaca";
            /**
             * Latency Ms
             * @default 0
             */
            latency_ms?: number;
            /**
             * Partial Fills
             * @default false
             */
            partial_fills?: boolean;
            /** Reject Bps */
            reject_bps?: number | null;
            /**
             * Seed
             * @default 0
             */
            seed?: number;
            /**
             * Slippage Bps
             * @default 0
             * @example 10.00
             */
            slippage_bps?: string;
        };
        /**
         * BrokerConnection
         * @description ``callback_secret`` is told once, when it is made; null ever after, and on paper, whose secret is a setting.
         */
        BrokerConnection: {
            /** Account */
            account: string;
            /** Callback Secret */
            callback_secret: string | null;
            /** Callback Url */
            callback_url: string;
            /**
             * Environment
             * @enum {string}
             */
            environment: "paper" | "live";
            /**
             * Kind
             * @enum {string}
             */
            kind: "paper" | "alpaca";
        };
        /**
         * CalendarEnding
         * @description Nothing is decided on an exchange after its last known day; null: no calendar is known for it at all.
         */
        CalendarEnding: {
            /** Detail */
            detail: string;
            /** Exchange */
            exchange: string;
            /** Last Day */
            last_day: string | null;
            /**
             * Name
             * @constant
             */
            name: "calendar";
        };
        /** CallbackTaken */
        CallbackTaken: {
            /**
             * Status
             * @enum {string}
             */
            status: "booked" | "duplicate" | "stored";
        };
        /** CardListing */
        CardListing: {
            /** Currency */
            currency: string;
            /** Exchange */
            exchange: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Quote Unit */
            quote_unit: string;
            /** Symbol */
            symbol: string;
        };
        /** CardPrice */
        CardPrice: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /**
             * Source
             * @enum {string}
             */
            source: "last" | "mid";
            /** Stale */
            stale: boolean;
            /**
             * Value
             * Format: decimal
             */
            value: string;
        };
        /** Cash */
        Cash: {
            /** Currency */
            currency: string;
            /**
             * Portfolio
             * Format: decimal
             */
            portfolio: string;
            /**
             * Positions
             * Format: decimal
             */
            positions: string;
            /**
             * Receivable
             * Format: decimal
             */
            receivable: string;
        };
        /** CashMove */
        CashMove: {
            /**
             * Amount
             * @example 10.00
             */
            amount: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "deposit" | "withdrawal" | "contribution";
        };
        /**
         * ChainEnd
         * @description The last event that the export knows of, and the audit chain's hash of it.
         */
        ChainEnd: {
            /** Hash */
            hash: string;
            /** Number */
            number: number;
        };
        /**
         * ChainStanding
         * @description ``chained`` is the last event in the chain, ``head`` its hash; ``heads`` are the latest kept, newest first.
         *
         *     ``verified`` is null while nobody has verified the log.
         */
        ChainStanding: {
            /** Chained */
            chained: number;
            /** Events */
            events: number;
            /** Head */
            head: string | null;
            /** Heads */
            heads: components["schemas"]["KeptHead"][];
            /** Heads Kept */
            heads_kept: number;
            /** Sentence */
            sentence: string;
            verified: components["schemas"]["Verified"] | null;
        };
        /**
         * Channel
         * @description Its address is never shown: ``scheme`` is how it begins, ``fingerprint`` tells it from another.
         *
         *     ``failed`` counts notifications that were given up after an hour of tries, ``problem`` is what was wrong last.
         */
        Channel: {
            /** Enabled */
            enabled: boolean;
            /** Failed */
            failed: number;
            /** Fingerprint */
            fingerprint: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Sent At */
            last_sent_at: string | null;
            /** Name */
            name: string;
            /** Problem */
            problem: string | null;
            /** Scheme */
            scheme: string;
            /** Severities */
            severities: ("INFO" | "WARN" | "CRITICAL")[];
            /** Waiting */
            waiting: number;
        };
        /**
         * ChannelIn
         * @description ``url`` is an address of apprise's, such as ``ntfys://ntfy.sh/topic``; without it the channel keeps its own.
         *
         *     It is the channel of this id, else the one of this name, else a new one. It hears CRITICAL and WARN when nothing
         *     else is said.
         */
        ChannelIn: {
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /** Severities */
            severities?: ("INFO" | "WARN" | "CRITICAL")[];
            /** Url */
            url?: string | null;
        };
        /**
         * ChannelList
         * @description All of them: what is not in the list is forgotten.
         */
        ChannelList: {
            /** Channels */
            channels: components["schemas"]["ChannelIn"][];
        };
        /**
         * ChartMark
         * @description A fill or a skip; ``number`` is its event's.
         */
        ChartMark: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "bought" | "sold" | "skipped";
            /** Number */
            number: number;
            /** Price */
            price: string | null;
            /** Quantity */
            quantity: string | null;
            /** Sentence */
            sentence: string;
        };
        /** ChartPrice */
        ChartPrice: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Price
             * Format: decimal
             */
            price: string;
        };
        /**
         * CloseOfDay
         * @description ``value`` and the day's ``flows`` are in the base currency, flows below zero where more went than came.
         *
         *     ``unit_value`` tells gain and loss without the flows, from 1 on; ``drawdown`` is how far it lies below its highest
         *     close, as a part of one.
         */
        CloseOfDay: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Drawdown
             * Format: decimal
             */
            drawdown: string;
            /**
             * Flows
             * Format: decimal
             */
            flows: string;
            /**
             * Unit Value
             * Format: decimal
             */
            unit_value: string;
            /**
             * Value
             * Format: decimal
             */
            value: string;
        };
        /**
         * ClosesQuestion
         * @description Daily bars since the day ``{since}``, as 2026-03-10.
         *
         *     ``items`` leads to a list of days, or to an object of them by date, which is then ``@``. Without it each path leads
         *     to a list of its own, all equally long.
         */
        ClosesQuestion: {
            /** As Of */
            as_of: string;
            /** Close */
            close: string;
            /** Currency */
            currency?: string | null;
            /** High */
            high?: string | null;
            /** Items */
            items?: string | null;
            /** Low */
            low?: string | null;
            /** Open */
            open?: string | null;
            /** Symbol */
            symbol?: string | null;
            /** Unit */
            unit?: string | null;
            /** Url */
            url: string;
        };
        /** Confirmation */
        Confirmation: {
            /**
             * Code
             * Format: password
             */
            code: string;
        };
        /**
         * Constituent
         * @description A listing's place in a portfolio; within a sleeve the lowest ``priority`` is bought first.
         */
        Constituent: {
            /** Currency */
            currency: string;
            /** Exchange */
            exchange: string;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /** Monitored */
            monitored: boolean;
            /** Priority */
            priority: number;
            /**
             * Role
             * @enum {string}
             */
            role: "invested" | "cash_park";
            /** Sleeve */
            sleeve: string;
            /** Symbol */
            symbol: string;
        };
        /**
         * ConstituentIn
         * @description ``priority`` is the place in the list when it is left out; the lowest of a sleeve is bought first.
         */
        ConstituentIn: {
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /**
             * Monitored
             * @default true
             */
            monitored?: boolean;
            /** Priority */
            priority?: number | null;
            /**
             * Role
             * @default invested
             * @enum {string}
             */
            role?: "invested" | "cash_park";
            /** Sleeve */
            sleeve: string;
        };
        /**
         * Constituents
         * @description The whole list: what is not in it is no constituent any more.
         */
        Constituents: {
            /** Constituents */
            constituents: components["schemas"]["ConstituentIn"][];
        };
        /**
         * Credentials
         * @description ``code`` is a one-time code, or a recovery code, of who has a second factor.
         */
        Credentials: {
            /** Code */
            code?: string | null;
            /** Name */
            name: string;
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /**
         * DeadLetter
         * @description A job that failed until it was given up. ``about`` tells what is one's own of what it was about.
         */
        DeadLetter: {
            /** About */
            about: components["schemas"]["GivenUpAbout"][];
            /** Error */
            error: string;
            /** Failures */
            failures: number;
            /**
             * First Failed At
             * Format: date-time
             */
            first_failed_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Job */
            job: string;
            /**
             * Last Failed At
             * Format: date-time
             */
            last_failed_at: string;
        };
        /** Dependency */
        Dependency: {
            /** Name */
            name: string;
            /** Ok */
            ok: boolean;
        };
        /**
         * DescribedSchedule
         * @description A cron expression in words, and the next moments at which it would fall due.
         */
        DescribedSchedule: {
            /** In Words */
            in_words: string;
            /** Next */
            next: string[];
        };
        /**
         * EntryIn
         * @description ``amount`` is money in the base currency, ``price`` is in the quote unit; a transfer out is below zero.
         */
        EntryIn: {
            /** Amount */
            amount?: string | null;
            /** At */
            at?: string | null;
            /**
             * Fee
             * @default 0
             * @example 10.00
             */
            fee?: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "contribution" | "withdrawal" | "buy" | "sell" | "dividend" | "fee" | "interest" | "transfer" | "adjustment";
            /** Listing Id */
            listing_id?: string | null;
            /** Note */
            note?: string | null;
            /** Price */
            price?: string | null;
            /** Quantity */
            quantity?: string | null;
            /** Reference */
            reference?: string | null;
            /**
             * Tax
             * @default 0
             * @example 10.00
             */
            tax?: string;
        };
        /** Evaluation */
        Evaluation: {
            /** Order Id */
            order_id: string | null;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "trade" | "skip" | "hold";
            /** Price */
            price: string | null;
            /** Price Source */
            price_source: string | null;
            /** Projected Asset Share */
            projected_asset_share: string | null;
            /** Quantity */
            quantity: string | null;
            /** Raw Quantity */
            raw_quantity: string | null;
            /** Reason */
            reason: string | null;
            /** Recommendation Id */
            recommendation_id: string | null;
            /** Sentence */
            sentence: string;
            /** Side */
            side: ("BUY" | "SELL") | null;
            /** Trimmed By */
            trimmed_by: "guardrail" | null;
        };
        /**
         * Exchange
         * @description An exchange by its market identifier (ISO 10383), and what most prices there are in.
         */
        Exchange: {
            /** Currency */
            currency: string;
            /** Exchange */
            exchange: string;
            /** Name */
            name: string;
            /** Quote Unit */
            quote_unit: string;
        };
        /**
         * Exchanges
         * @description Those that most listings are on; any other that has a calendar can be registered too.
         */
        Exchanges: {
            /** Items */
            items: components["schemas"]["Exchange"][];
            /** Units */
            units: components["schemas"]["MinorUnit"][];
        };
        /**
         * Executed
         * @description ``complete`` says that nothing more of it will be executed, whatever the quantities are.
         */
        Executed: {
            /**
             * Complete
             * @default false
             */
            complete?: boolean;
            /**
             * Lines
             * @default []
             */
            lines?: components["schemas"]["ExecutionIn"][];
        };
        /**
         * ExecutedPart
         * @description What was executed of a line at one time; ``entry_id`` is the journal entry that books it.
         *
         *     ``amount`` is null where quantity and price say it.
         */
        ExecutedPart: {
            /** Amount */
            amount: string | null;
            /** Broker Reference */
            broker_reference: string | null;
            /**
             * Entry Id
             * Format: uuid
             */
            entry_id: string;
            /**
             * Executed At
             * Format: date-time
             */
            executed_at: string;
            /**
             * Fee
             * Format: decimal
             */
            fee: string;
            /**
             * Price
             * Format: decimal
             */
            price: string;
            /**
             * Quantity
             * Format: decimal
             */
            quantity: string;
        };
        /** Execution */
        Execution: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Commission
             * Format: decimal
             */
            commission: string;
            /** Execution Id */
            execution_id: string;
            /**
             * Price
             * Format: decimal
             */
            price: string;
            /**
             * Quantity
             * Format: decimal
             */
            quantity: string;
            /** Revision */
            revision: number;
        };
        /**
         * ExecutionIn
         * @description What was executed of a line. ``price`` is in the quote unit, ``fee`` and ``amount`` in the base currency.
         *
         *     ``amount`` is what the units came to; of a listing in another currency it is needed.
         */
        ExecutionIn: {
            /** Amount */
            amount?: string | null;
            /** Broker Reference */
            broker_reference?: string | null;
            /** Executed At */
            executed_at?: string | null;
            /**
             * Fee
             * @default 0
             * @example 10.00
             */
            fee?: string;
            /**
             * Line Id
             * Format: uuid
             */
            line_id: string;
            /**
             * Price
             * @example 10.00
             */
            price: string;
            /**
             * Quantity
             * @example 10.00
             */
            quantity: string;
        };
        /**
         * Export
         * @description ``place`` is where it went, once it is there whole: what was asked for as ``destination``, and the run's id.
         */
        Export: {
            chain: components["schemas"]["ChainEnd"] | null;
            /** Destination */
            destination: string;
            /** Ended At */
            ended_at: string | null;
            /** Files */
            files: components["schemas"]["ExportFile"][];
            /**
             * Format
             * @enum {string}
             */
            format: "csv" | "jsonl" | "parquet";
            /** From */
            from: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "events" | "ledger" | "orders" | "prices" | "statement";
            /** Place */
            place: string | null;
            /** Portfolio Id */
            portfolio_id: string | null;
            progress: components["schemas"]["ExportProgress"] | null;
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /** Started At */
            started_at: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "success" | "failed";
            /** Summary */
            summary: string | null;
            /** To */
            to: string | null;
        };
        /**
         * ExportDestinations
         * @description Where an export may go: to one of ``items``, and with ``any_bucket`` into any other bucket too.
         */
        ExportDestinations: {
            /** Any Bucket */
            any_bucket: boolean;
            /** Items */
            items: string[];
        };
        /** ExportedChain */
        ExportedChain: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Hash */
            hash: string;
            /** Number */
            number: number;
        };
        /** ExportedColumn */
        ExportedColumn: {
            /** Meaning */
            meaning: string;
            /** Name */
            name: string;
            /** Type */
            type: string;
        };
        /** ExportedFile */
        ExportedFile: {
            /** Columns */
            columns: components["schemas"]["ExportedColumn"][];
            /** Name */
            name: string;
            /** Rows */
            rows: number;
            /** Sha256 */
            sha256: string;
            /** Size Bytes */
            size_bytes: number;
        };
        /**
         * ExportFile
         * @description A file that was written; ``rows`` is null for the manifest, which tells the others' columns and hashes.
         */
        ExportFile: {
            /** Bytes */
            bytes: number;
            /** Name */
            name: string;
            /** Rows */
            rows: number | null;
            /** Sha256 */
            sha256: string;
        };
        /**
         * ExportManifest
         * @description ``manifest.json``; the other files of an export are CSV, lines of JSON or Parquet.
         */
        ExportManifest: {
            /** Ballast */
            ballast: string;
            chain: components["schemas"]["ExportedChain"];
            /** Files */
            files: components["schemas"]["ExportedFile"][];
            /**
             * Form
             * @enum {string}
             */
            form: "csv" | "jsonl" | "parquet";
            /**
             * Format
             * @constant
             */
            format: "ballast-export/1";
            /** Formulas Quoted */
            formulas_quoted: boolean;
            /** From */
            from: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "events" | "ledger" | "orders" | "prices" | "statement";
            /** Portfolio Id */
            portfolio_id: string | null;
            /**
             * Run Id
             * Format: uuid
             */
            run_id: string;
            /** To */
            to: string | null;
            /** Whole Log */
            whole_log: boolean;
        };
        /**
         * ExportProgress
         * @description How many rows of how many are written.
         */
        ExportProgress: {
            /** Rows Done */
            rows_done: number;
            /** Rows In All */
            rows_in_all: number;
        };
        /** FieldProblem */
        FieldProblem: {
            /** Detail */
            detail: string;
            /** Field */
            field: string;
        };
        /**
         * Freshness
         * @description A listing's newest good price, in its quote unit, and whether that is good enough to decide on.
         *
         *     ``session`` says whether its exchange trades now; price, ``as_of`` and ``source`` are null while there is none.
         */
        Freshness: {
            /** As Of */
            as_of: string | null;
            /** Exchange */
            exchange: string;
            /** Is Close */
            is_close: boolean | null;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /** Price */
            price: string | null;
            /** Quote Unit */
            quote_unit: string;
            /** Sentence */
            sentence: string;
            /**
             * Session
             * @enum {string}
             */
            session: "open" | "closed" | "unknown";
            /** Source */
            source: string | null;
            /**
             * Standing
             * @enum {string}
             */
            standing: "fresh" | "stale" | "missing";
            /** Symbol */
            symbol: string;
        };
        /**
         * Freshnesses
         * @description Every listing that is watched; ``sentence`` says of all of them whether the data can be trusted.
         *
         *     ``alarm`` is what of it, from its beginning, ``state`` is about; null while that is quiet.
         */
        Freshnesses: {
            /** Alarm */
            alarm: string | null;
            /** Items */
            items: components["schemas"]["Freshness"][];
            /** Sentence */
            sentence: string;
            /**
             * State
             * @enum {string}
             */
            state: "quiet" | "look" | "stopped";
        };
        /** FrozenPortfolio */
        FrozenPortfolio: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Reason */
            reason: string;
        };
        /**
         * FxFinding
         * @description A rate that the gate stopped, and why.
         */
        FxFinding: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Base */
            base: string;
            /** Expected */
            expected: string;
            /** Observed */
            observed: string;
            /** Quote */
            quote: string;
            /**
             * Rate
             * Format: decimal
             */
            rate: string;
            /** Rule */
            rule: string;
            /** Severity */
            severity: string;
        };
        /**
         * FxQuestion
         * @description What one unit of the currency ``{base}`` costs in ``{quote}``. Names that the answer gives are compared.
         */
        FxQuestion: {
            /** As Of */
            as_of: string;
            /** Base */
            base?: string | null;
            /** Quote */
            quote?: string | null;
            /** Rate */
            rate: string;
            /** Url */
            url: string;
        };
        /**
         * FxRate
         * @description What one unit of ``base`` costs in ``quote``; ``quarantined`` names the rule that stopped it.
         */
        FxRate: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Base */
            base: string;
            /** Quarantined */
            quarantined: string | null;
            /** Quote */
            quote: string;
            /**
             * Rate
             * Format: decimal
             */
            rate: string;
            /** Source */
            source: string;
        };
        /**
         * FxTaken
         * @description ``quarantined`` rates are kept and convert nothing, ``rejected`` ones cannot be rates.
         */
        FxTaken: {
            /** Accepted */
            accepted: number;
            /** Duplicates */
            duplicates: number;
            /** Quarantined */
            quarantined: components["schemas"]["FxFinding"][];
            /** Rejected */
            rejected: components["schemas"]["FxFinding"][];
        };
        /**
         * GivenUpAbout
         * @description What a job was to do something about. ``position_id`` is an order's.
         *
         *     ``name`` is a symbol, a portfolio's name, or the kind of a run or of advice.
         */
        GivenUpAbout: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "order" | "recommendation" | "run" | "position" | "portfolio";
            /** Name */
            name: string;
            /** Portfolio Id */
            portfolio_id: string | null;
            /** Position Id */
            position_id: string | null;
        };
        /** Guardrails */
        Guardrails: {
            /**
             * High
             * Format: decimal
             */
            high: string;
            /**
             * Low
             * Format: decimal
             */
            low: string;
        };
        /**
         * Holding
         * @description Costs and value are in the portfolio's base currency, the price is in the listing's quote unit.
         *
         *     Without a price, or a fresh exchange rate where one is needed, there is no value, and it says why.
         */
        Holding: {
            /**
             * Average Cost
             * Format: decimal
             */
            average_cost: string;
            /**
             * Book Cost
             * Format: decimal
             */
            book_cost: string;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /** No Value Because */
            no_value_because: ("no_price" | "fx_missing" | "stale_fx") | null;
            /** Price */
            price: string | null;
            /**
             * Quantity
             * Format: decimal
             */
            quantity: string;
            /** Quote Unit */
            quote_unit: string;
            /** Symbol */
            symbol: string;
            /** Value */
            value: string | null;
            /** Value Currency */
            value_currency: string;
        };
        /**
         * Import
         * @description A file that was imported; ``id`` is its batch's as well. ``rows`` and ``entries`` count.
         *
         *     ``reversed`` says that nothing of it counts any more.
         */
        Import: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            /** Entries */
            entries: number;
            /** File Name */
            file_name: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Profile */
            profile: string;
            /** Reversed */
            reversed: boolean;
            /** Rows */
            rows: number;
            /** Sha256 */
            sha256: string;
            /** Title */
            title: string;
        };
        /**
         * ImportPreview
         * @description What a file would book. ``ready`` says that nothing is open, ``proposed`` how many entries there would be.
         */
        ImportPreview: {
            /** File Name */
            file_name: string;
            /**
             * Form
             * @enum {string}
             */
            form: "positions" | "transactions";
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Notes */
            notes: string[];
            /**
             * Portfolio Id
             * Format: uuid
             */
            portfolio_id: string;
            /** Profile */
            profile: string;
            /** Proposed */
            proposed: number;
            /** Questions */
            questions: components["schemas"]["ImportQuestion"][];
            /** Ready */
            ready: boolean;
            /** Rows */
            rows: components["schemas"]["ImportRow"][];
            /** Sha256 */
            sha256: string;
            /** Title */
            title: string;
        };
        /**
         * ImportQuestion
         * @description Which listing is it? Answered under the name in ``security``; ``register`` registers what is ``proposed``.
         */
        ImportQuestion: {
            /** Candidates */
            candidates: string[];
            /** Lines */
            lines: number[];
            proposed: components["schemas"]["ProposedListing"] | null;
            /** Security */
            security: string;
            /** Sentence */
            sentence: string;
        };
        /**
         * ImportRow
         * @description A row of the file. ``raw`` is all of it, as it stands there.
         */
        ImportRow: {
            entry: components["schemas"]["RowEntry"] | null;
            /** Figures */
            figures: components["schemas"]["RowFigure"][];
            /** Line */
            line: number;
            /** Problems */
            problems: components["schemas"]["RowProblem"][];
            /** Raw */
            raw: {
                [key: string]: string;
            };
            /** Security */
            security: string | null;
            /** Sentence */
            sentence: string;
            /**
             * Status
             * @enum {string}
             */
            status: "proposed" | "known" | "agrees" | "with" | "left_out" | "skipped" | "asked" | "problem";
        };
        /** Ingested */
        Ingested: {
            /** Accepted */
            accepted: number;
            /** Duplicates */
            duplicates: number;
            /** Quarantined */
            quarantined: components["schemas"]["QuarantinedPrice"][];
        };
        /**
         * Instrument
         * @description A security as such, wherever it is listed; null is what nobody has told yet.
         */
        Instrument: {
            /** Distribution */
            distribution: ("accumulating" | "distributing") | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Isin */
            isin: string | null;
            /** Kind */
            kind: ("stock" | "etf" | "etc" | "fund" | "trust" | "bond" | "money_market" | "other") | null;
            /** Name */
            name: string | null;
        };
        /**
         * JournalEntry
         * @description A balanced entry: the amounts of its lines sum to zero, all in one ``currency``.
         *
         *     ``sentence`` is its event's. ``reversible`` is what was posted by hand or by an import and was not taken back; what
         *     anything else has booked goes the way that it came.
         */
        JournalEntry: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Currency */
            currency: string;
            /** Event Number */
            event_number: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Lines */
            lines: components["schemas"]["JournalLine"][];
            /** Reference */
            reference: string | null;
            /** Reversed */
            reversed: boolean;
            /** Reversible */
            reversible: boolean;
            /** Sentence */
            sentence: string;
        };
        /** JournalLine */
        JournalLine: {
            /** Account */
            account: string;
            /**
             * Amount
             * Format: decimal
             */
            amount: string;
            /** Listing Id */
            listing_id: string | null;
            /**
             * Quantity
             * Format: decimal
             */
            quantity: string;
        };
        JsonValue: unknown;
        /**
         * KeptHead
         * @description Where the chain ended at some moment, as it is kept outside of the database.
         */
        KeptHead: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Hash */
            hash: string;
            /** Number */
            number: number;
        };
        /**
         * KeyPair
         * @description Write-only: no answer shows it.
         */
        KeyPair: {
            /**
             * Key Id
             * Format: password
             */
            key_id: string;
            /**
             * Secret Key
             * Format: password
             */
            secret_key: string;
        };
        /**
         * Leaving
         * @description ``everywhere`` ends all of one's sign-ins, on other devices too.
         */
        Leaving: {
            /**
             * Everywhere
             * @default false
             */
            everywhere?: boolean;
        };
        /**
         * Listing
         * @description ``tick`` is the step that prices come in; ``symbol`` is the last one when it trades no more (``retired_on``).
         *
         *     ``isin`` is its instrument's.
         */
        Listing: {
            /** Currency */
            currency: string;
            /** Exchange */
            exchange: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Instrument Id */
            instrument_id: string | null;
            /** Isin */
            isin: string | null;
            /**
             * Lot
             * Format: decimal
             */
            lot: string;
            /** Name */
            name: string | null;
            /** Quote Unit */
            quote_unit: string;
            /** Retired On */
            retired_on: string | null;
            /** Symbol */
            symbol: string;
            /** Tick */
            tick: string | null;
        };
        /**
         * ListingThresholds
         * @description The thresholds in force, and the names of those that were set; the others are defaults.
         */
        ListingThresholds: {
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /** Set */
            set: string[];
            thresholds: components["schemas"]["Thresholds"];
        };
        /** Live */
        Live: {
            /**
             * Status
             * @constant
             */
            status: "live";
        };
        /**
         * ManifestoPage
         * @description The author's prose with the policy's figures in it, in Markdown. Whoever makes HTML of it escapes it.
         *
         *     ``pieces`` are the prose alone, cut where figures stand in it; ``figures`` are all of the policy's.
         */
        ManifestoPage: {
            /** Figures */
            figures: components["schemas"]["PolicyFigure"][];
            /** Manifesto Hash */
            manifesto_hash: string | null;
            /** Markdown */
            markdown: string;
            /** Pieces */
            pieces: components["schemas"]["ManifestoPiece"][];
            /** Policy Hash */
            policy_hash: string;
            /**
             * Portfolio Id
             * Format: uuid
             */
            portfolio_id: string;
            /** Problems */
            problems: components["schemas"]["ManifestoProblem"][];
            /** Version */
            version: string;
        };
        /**
         * ManifestoPiece
         * @description A piece of the prose; ``path`` is the figure that it spells, null for what the author wrote.
         */
        ManifestoPiece: {
            /** Path */
            path: string | null;
            /** Text */
            text: string;
        };
        /**
         * ManifestoProblem
         * @description A placeholder that stands for nothing; only a manifesto of before there were any can have one.
         */
        ManifestoProblem: {
            /** Line */
            line: number;
            /** Sentence */
            sentence: string;
        };
        /**
         * MarkedRead
         * @description How many were unread until then.
         */
        MarkedRead: {
            /** Marked */
            marked: number;
        };
        /**
         * MarketData
         * @description Providers in the order in which they are asked.
         */
        MarketData: {
            /** Providers */
            providers: components["schemas"]["Provider"][];
        };
        /**
         * Me
         * @description Who asks. ``via`` says by what: being at this machine in open mode, a sign-in, or a token.
         *
         *     ``ends_at`` is when a sign-in is over if nobody uses it any more; until ``proven_until`` what wants the person
         *     in person is let through without asking again. ``second_factor`` says whether that takes a one-time code.
         */
        Me: {
            /**
             * Auth
             * @enum {string}
             */
            auth: "open" | "password" | "oidc";
            /** Ends At */
            ends_at: string | null;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Proven Until */
            proven_until: string | null;
            /**
             * Scope
             * @enum {string}
             */
            scope: "read" | "trade";
            /** Second Factor */
            second_factor: boolean;
            /**
             * Via
             * @enum {string}
             */
            via: "machine" | "sign_in" | "token";
        };
        /**
         * Measures
         * @description DOMAIN §10; null where a measure has nothing to measure.
         */
        Measures: {
            /** Average Value */
            average_value: string | null;
            /** Buy And Hold */
            buy_and_hold: string | null;
            /** Decisions */
            decisions: number;
            /** Fee Drag Bps */
            fee_drag_bps: string | null;
            /**
             * Fees
             * Format: decimal
             */
            fees: string;
            /** From */
            from: string | null;
            /** Guardrail Time Pct */
            guardrail_time_pct: string | null;
            /** Hit Rate */
            hit_rate: string | null;
            /** Min Notional Skips */
            min_notional_skips: number;
            /** Orders Filled */
            orders_filled: number;
            /** Portfolio Id */
            portfolio_id: string | null;
            /** Position Id */
            position_id: string | null;
            /** Return */
            return: string | null;
            /** Skips */
            skips: {
                [key: string]: number;
            };
            /** Slippage Bps */
            slippage_bps: string | null;
            /**
             * To
             * Format: date-time
             */
            to: string;
            /**
             * Traded Notional
             * Format: decimal
             */
            traded_notional: string;
            /** Turnover */
            turnover: string | null;
        };
        /**
         * Member
         * @description A person by their id. Who opened the portfolio owns it; all else is the same for everybody.
         *
         *     ``name`` is what they sign in as: null where nobody does, once an account is gone, and in answers to commands, which
         *     are kept for longer than names are.
         */
        Member: {
            /** Is Owner */
            is_owner: boolean;
            /** Name */
            name: string | null;
            /** User Id */
            user_id: string;
        };
        /**
         * MinorUnit
         * @description A quote unit that is a part of a currency: ``scale`` is how much of it one is, ``called`` its common name.
         */
        MinorUnit: {
            /** Called */
            called: string;
            /** Currency */
            currency: string;
            /**
             * Scale
             * Format: decimal
             */
            scale: string;
            /** Unit */
            unit: string;
        };
        /**
         * More
         * @description What is left out stays as it is.
         */
        More: {
            /** Instrument Id */
            instrument_id?: string | null;
            /** Isin */
            isin?: string | null;
            /** Name */
            name?: string | null;
            /** Tick */
            tick?: string | null;
        };
        /**
         * NewBroker
         * @description Where orders go from now on. The paper broker has manners, a real one an environment and credentials.
         *
         *     ``confirmation`` is the portfolio's name, typed by the person who lets it trade real money.
         */
        NewBroker: {
            /** Account */
            account?: string | null;
            /**
             * Auto Fill
             * @default true
             */
            auto_fill?: boolean;
            /** Confirmation */
            confirmation?: string | null;
            credentials?: components["schemas"]["KeyPair"] | null;
            /** Environment */
            environment?: ("paper" | "live") | null;
            /** Halt Bps */
            halt_bps?: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "paper" | "alpaca";
            /**
             * Latency Ms
             * @default 0
             */
            latency_ms?: number;
            /**
             * Partial Fills
             * @default false
             */
            partial_fills?: boolean;
            /** Reject Bps */
            reject_bps?: number | null;
            /**
             * Seed
             * @default 0
             */
            seed?: number;
            /**
             * Slippage Bps
             * @default 0
             * @example 10.00
             */
            slippage_bps?: string;
        };
        /**
         * NewDividend
         * @description ``per_share`` is in the listing's currency; a rate given here overrides the setting ``withholding``.
         */
        NewDividend: {
            /**
             * Ex Date
             * Format: date
             * @example 2026-03-10
             */
            ex_date: string;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /**
             * Pay Date
             * Format: date
             * @example 2026-03-10
             */
            pay_date: string;
            /**
             * Per Share
             * @example 10.00
             */
            per_share: string;
            /** Withholding Rate */
            withholding_rate?: string | null;
        };
        /**
         * NewListing
         * @description Its instrument is the one of ``isin``, which becomes known with it, or the one that ``instrument_id`` names.
         */
        NewListing: {
            /**
             * Currency
             * @description ISO 4217 code
             */
            currency: string;
            /**
             * Exchange
             * @description ISO 10383 market identifier
             */
            exchange: string;
            /** Instrument Id */
            instrument_id?: string | null;
            /** Isin */
            isin?: string | null;
            /**
             * Lot
             * @default 1
             * @example 10.00
             */
            lot?: string;
            /** Name */
            name?: string | null;
            /**
             * Quote Unit
             * @description GBX is 1/100 GBP
             */
            quote_unit: string;
            /** Symbol */
            symbol: string;
            /** Tick */
            tick?: string | null;
        };
        /**
         * NewMember
         * @description ``user_id`` is what `GET /auth/me` tells that person.
         */
        NewMember: {
            /** User Id */
            user_id: string;
        };
        /**
         * NewMerger
         * @description ``ratio`` is shares of the new listing per old share, ``cash_per_share`` in the currency of both.
         */
        NewMerger: {
            /**
             * Cash Per Share
             * @default 0
             * @example 10.00
             */
            cash_per_share?: string;
            /**
             * Effective
             * Format: date
             * @example 2026-03-10
             */
            effective: string;
            /**
             * Into Listing Id
             * Format: uuid
             */
            into_listing_id: string;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /**
             * Ratio
             * @example 10.00
             */
            ratio: string;
        };
        /** NewPassword */
        NewPassword: {
            /**
             * New Password
             * Format: password
             */
            new_password: string;
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /** NewPortfolio */
        NewPortfolio: {
            /**
             * Base Currency
             * @description ISO 4217 code
             */
            base_currency: string;
            /**
             * @default {
             *       "auto_fill": true,
             *       "kind": "paper",
             *       "latency_ms": 0,
             *       "partial_fills": false,
             *       "seed": 0,
             *       "slippage_bps": "0"
             *     }
             */
            broker?: components["schemas"]["BrokerChoice"];
            /**
             * Mode
             * @default automatic
             * @enum {string}
             */
            mode?: "automatic" | "advisory";
            /** Name */
            name: string;
            /** @default {} */
            settings?: components["schemas"]["SettingsChange"];
        };
        /**
         * NewPosition
         * @description ``cash`` comes out of the portfolio's; ``shares`` are a transfer in kind at the anchor.
         */
        NewPosition: {
            /**
             * Anchor
             * @example 10.00
             */
            anchor: string;
            /**
             * Cash
             * @default 0
             * @example 10.00
             */
            cash?: string;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /** @default {} */
            settings?: components["schemas"]["SettingsChange"];
            /**
             * Shares
             * @default 0
             * @example 10.00
             */
            shares?: string;
        };
        /**
         * NewSplit
         * @description ``ratio`` is new shares per old one.
         */
        NewSplit: {
            /**
             * Ex Date
             * Format: date
             * @example 2026-03-10
             */
            ex_date: string;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /**
             * Ratio
             * @example 10.00
             */
            ratio: string;
        };
        /**
         * NewToken
         * @description ``read`` sees everything and changes nothing; ``trade`` may do what its person may, but for what wants them.
         */
        NewToken: {
            /**
             * Expires In Days
             * @default 90
             */
            expires_in_days?: number;
            /** Name */
            name: string;
            /**
             * Scope
             * @enum {string}
             */
            scope: "read" | "trade";
        };
        /** NextAction */
        NextAction: {
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "trade" | "skip" | "hold";
            /** Projected Asset Share */
            projected_asset_share: string | null;
            /** Quantity */
            quantity: string | null;
            /** Raw Quantity */
            raw_quantity: string | null;
            /** Reason */
            reason: string | null;
            /** Side */
            side: ("BUY" | "SELL") | null;
        };
        /**
         * Notification
         * @description ``number`` is its place in the log, and the ``after`` by which a client asks for what came later.
         *
         *     The ids say what it is about, as far as it is about such a thing. ``at`` is when that took effect, and
         *     ``recorded_at`` when it became known: so long ago it was told.
         */
        Notification: {
            /** Alert Id */
            alert_id: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "alert" | "frozen" | "unfrozen" | "run_failed" | "advice";
            /** Listing Id */
            listing_id: string | null;
            /** Number */
            number: number;
            /** Portfolio Id */
            portfolio_id: string | null;
            /** Read At */
            read_at: string | null;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Run Id */
            run_id: string | null;
            /** Sentence */
            sentence: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "INFO" | "WARN" | "CRITICAL";
            /** Title */
            title: string;
        };
        /**
         * Order
         * @description An order; one with a recommendation is a person's to place, its broker ``hand`` once they do.
         */
        Order: {
            /** Account */
            account: string | null;
            /** Average Price */
            average_price: string | null;
            /** Broker */
            broker: string | null;
            /** Broker Order Id */
            broker_order_id: string | null;
            /** Client Order Id */
            client_order_id: string;
            /**
             * Decided Price
             * Format: decimal
             */
            decided_price: string;
            /** Executions */
            executions: components["schemas"]["Execution"][];
            /**
             * Filled
             * Format: decimal
             */
            filled: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Limit Price */
            limit_price: string | null;
            /** Overlay */
            overlay: string | null;
            /**
             * Position Id
             * Format: uuid
             */
            position_id: string;
            /**
             * Quantity
             * Format: decimal
             */
            quantity: string;
            /** Recommendation Id */
            recommendation_id: string | null;
            /**
             * Side
             * @enum {string}
             */
            side: "BUY" | "SELL";
            /** Status */
            status: string;
            /**
             * Time In Force
             * @enum {string}
             */
            time_in_force: "day" | "gtc" | "ioc";
            /**
             * Type
             * @enum {string}
             */
            type: "market" | "limit";
        };
        /**
         * OrderStatus
         * @description Where an order stands. The last six never become anything else.
         * @enum {string}
         */
        OrderStatus: "intended" | "submitting" | "working" | "partial" | "unknown" | "filled" | "canceled" | "expired" | "rejected" | "superseded" | "skipped";
        /**
         * OwnSignIn
         * @description A browser in which one is signed in. ``is_this`` is the one that asks.
         *
         *     ``came_from`` is the kind of address that it began at: this machine, a network at home or at work, or any other.
         *     ``seen_at`` is exact to the minute; at ``ends_at`` it is over, unless it is used before.
         */
        OwnSignIn: {
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /**
             * Came From
             * @enum {string}
             */
            came_from: "machine" | "network" | "internet" | "unknown";
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Is This */
            is_this: boolean;
            /**
             * Seen At
             * Format: date-time
             */
            seen_at: string;
        };
        /** Page[Action] */
        Page_Action_: {
            /** Items */
            items: components["schemas"]["Action"][];
            /** Next */
            next: string | null;
        };
        /** Page[Alert] */
        Page_Alert_: {
            /** Items */
            items: components["schemas"]["Alert"][];
            /** Next */
            next: string | null;
        };
        /** Page[Channel] */
        Page_Channel_: {
            /** Items */
            items: components["schemas"]["Channel"][];
            /** Next */
            next: string | null;
        };
        /** Page[CloseOfDay] */
        Page_CloseOfDay_: {
            /** Items */
            items: components["schemas"]["CloseOfDay"][];
            /** Next */
            next: string | null;
        };
        /** Page[Constituent] */
        Page_Constituent_: {
            /** Items */
            items: components["schemas"]["Constituent"][];
            /** Next */
            next: string | null;
        };
        /** Page[DeadLetter] */
        Page_DeadLetter_: {
            /** Items */
            items: components["schemas"]["DeadLetter"][];
            /** Next */
            next: string | null;
        };
        /** Page[Export] */
        Page_Export_: {
            /** Items */
            items: components["schemas"]["Export"][];
            /** Next */
            next: string | null;
        };
        /** Page[FxRate] */
        Page_FxRate_: {
            /** Items */
            items: components["schemas"]["FxRate"][];
            /** Next */
            next: string | null;
        };
        /** Page[Holding] */
        Page_Holding_: {
            /** Items */
            items: components["schemas"]["Holding"][];
            /** Next */
            next: string | null;
        };
        /** Page[Import] */
        Page_Import_: {
            /** Items */
            items: components["schemas"]["Import"][];
            /** Next */
            next: string | null;
        };
        /** Page[Instrument] */
        Page_Instrument_: {
            /** Items */
            items: components["schemas"]["Instrument"][];
            /** Next */
            next: string | null;
        };
        /** Page[JournalEntry] */
        Page_JournalEntry_: {
            /** Items */
            items: components["schemas"]["JournalEntry"][];
            /** Next */
            next: string | null;
        };
        /** Page[Listing] */
        Page_Listing_: {
            /** Items */
            items: components["schemas"]["Listing"][];
            /** Next */
            next: string | null;
        };
        /** Page[Member] */
        Page_Member_: {
            /** Items */
            items: components["schemas"]["Member"][];
            /** Next */
            next: string | null;
        };
        /** Page[Notification] */
        Page_Notification_: {
            /** Items */
            items: components["schemas"]["Notification"][];
            /** Next */
            next: string | null;
        };
        /** Page[Order] */
        Page_Order_: {
            /** Items */
            items: components["schemas"]["Order"][];
            /** Next */
            next: string | null;
        };
        /** Page[OwnSignIn] */
        Page_OwnSignIn_: {
            /** Items */
            items: components["schemas"]["OwnSignIn"][];
            /** Next */
            next: string | null;
        };
        /** Page[PolicyStep] */
        Page_PolicyStep_: {
            /** Items */
            items: components["schemas"]["PolicyStep"][];
            /** Next */
            next: string | null;
        };
        /** Page[Portfolio] */
        Page_Portfolio_: {
            /** Items */
            items: components["schemas"]["Portfolio"][];
            /** Next */
            next: string | null;
        };
        /** Page[PositionCard] */
        Page_PositionCard_: {
            /** Items */
            items: components["schemas"]["PositionCard"][];
            /** Next */
            next: string | null;
        };
        /** Page[Price] */
        Page_Price_: {
            /** Items */
            items: components["schemas"]["Price"][];
            /** Next */
            next: string | null;
        };
        /** Page[Recommendation] */
        Page_Recommendation_: {
            /** Items */
            items: components["schemas"]["Recommendation"][];
            /** Next */
            next: string | null;
        };
        /** Page[Run] */
        Page_Run_: {
            /** Items */
            items: components["schemas"]["Run"][];
            /** Next */
            next: string | null;
        };
        /** Page[Schedule] */
        Page_Schedule_: {
            /** Items */
            items: components["schemas"]["Schedule"][];
            /** Next */
            next: string | null;
        };
        /** Page[StoppedPortfolio] */
        Page_StoppedPortfolio_: {
            /** Items */
            items: components["schemas"]["StoppedPortfolio"][];
            /** Next */
            next: string | null;
        };
        /** Page[TimelineEvent] */
        Page_TimelineEvent_: {
            /** Items */
            items: components["schemas"]["TimelineEvent"][];
            /** Next */
            next: string | null;
        };
        /** Page[Token] */
        Page_Token_: {
            /** Items */
            items: components["schemas"]["Token"][];
            /** Next */
            next: string | null;
        };
        /** Page[Trigger] */
        Page_Trigger_: {
            /** Items */
            items: components["schemas"]["Trigger"][];
            /** Next */
            next: string | null;
        };
        /** Page[WaitingPrice] */
        Page_WaitingPrice_: {
            /** Items */
            items: components["schemas"]["WaitingPrice"][];
            /** Next */
            next: string | null;
        };
        /**
         * PickedPrices
         * @description Which of the waiting prices are meant, and why: with nothing but a reason, all of them.
         *
         *     ``until`` leaves out what has come since one looked. What was stopped for scale or currency_mismatch is released
         *     only where ``rule`` says so.
         */
        PickedPrices: {
            /** Reason */
            reason: string;
            /** Rule */
            rule?: string | null;
            /** Since */
            since?: string | null;
            /** Source */
            source?: string | null;
            /** Until */
            until?: string | null;
        };
        /**
         * PipelineStep
         * @description A step on the way from a price to a booked trade of one's own.
         *
         *     ``word`` is how it stands, ``at`` and ``sentence`` the last that it did, ``position_id`` where.
         */
        PipelineStep: {
            /** At */
            at: string | null;
            /**
             * Name
             * @enum {string}
             */
            name: "feed" | "gate" | "decision" | "order" | "booking";
            /** Position Id */
            position_id: string | null;
            /** Sentence */
            sentence: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "ok" | "waiting" | "look" | "stopped";
            /** Word */
            word: string;
        };
        /**
         * PolicyChange
         * @description One place that differs between the active policy and the draft; values are written as JSON.
         */
        PolicyChange: {
            /** After */
            after: string | null;
            /** Before */
            before: string | null;
            /** Path */
            path: string;
            /** Sentence */
            sentence: string;
        };
        /**
         * PolicyFigure
         * @description A figure of the policy as a person reads it, and as a percentage where it is a part of one.
         */
        PolicyFigure: {
            /** Path */
            path: string;
            /** Percent */
            percent: string | null;
            /** Value */
            value: string;
        };
        /**
         * PolicySchema
         * @description A JSON Schema (draft 2020-12) of policies.
         */
        PolicySchema: {
            [key: string]: unknown;
        };
        /**
         * PolicyStep
         * @description A step in the life of a policy.
         */
        PolicyStep: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            /** Manifesto Hash */
            manifesto_hash: string | null;
            /** Policy Hash */
            policy_hash: string;
            /** Status */
            status: string;
            /** Version */
            version: string;
        };
        /**
         * PolicyVersion
         * @description A policy with its manifesto.
         */
        PolicyVersion: {
            /** Manifesto */
            manifesto: string | null;
            /** Manifesto Hash */
            manifesto_hash: string | null;
            /** Policy */
            policy: {
                [key: string]: unknown;
            };
            /** Policy Hash */
            policy_hash: string;
            /** Version */
            version: string;
        };
        /**
         * Portfolio
         * @description ``settings`` are this portfolio's overrides, ``cash`` is what is free, ``money`` is whose money it moves.
         *
         *     ``freeze_reasons`` are all that it is frozen for, the first of them being ``frozen_because``; ``recalls_orders``
         *     says that its open orders are being cancelled.
         */
        Portfolio: {
            /** Base Currency */
            base_currency: string;
            broker: components["schemas"]["Broker"];
            /**
             * Cash
             * Format: decimal
             */
            cash: string;
            /**
             * Clock
             * @enum {string}
             */
            clock: "live" | "replay";
            /** Freeze Reasons */
            freeze_reasons: string[];
            /** Frozen */
            frozen: boolean;
            /** Frozen Because */
            frozen_because: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Mode
             * @enum {string}
             */
            mode: "automatic" | "advisory";
            /**
             * Money
             * @enum {string}
             */
            money: "paper" | "live" | "by hand";
            /** Name */
            name: string;
            /** Recalls Orders */
            recalls_orders: boolean;
            /** Settings */
            settings: {
                [key: string]: unknown;
            };
        };
        /**
         * PortfolioAtAGlance
         * @description ``change`` is the day's gain or loss without what came or went, ``change_share`` a part of one.
         *
         *     ``money`` is paper, live at a broker, or by hand where a person places the orders. ``asset_share`` is what part of
         *     the value is in shares; it and ``value`` are null while nobody can say. ``priced`` is the age of its oldest price.
         */
        PortfolioAtAGlance: {
            /** Asset Share */
            asset_share: string | null;
            /** Base Currency */
            base_currency: string;
            /**
             * Cash
             * Format: decimal
             */
            cash: string;
            /** Change */
            change: string | null;
            /** Change Share */
            change_share: string | null;
            /** Freeze Reasons */
            freeze_reasons: string[];
            /** Frozen */
            frozen: boolean;
            guardrails: components["schemas"]["Guardrails"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Mode
             * @enum {string}
             */
            mode: "automatic" | "advisory";
            /**
             * Money
             * @enum {string}
             */
            money: "paper" | "live" | "by hand";
            /** Name */
            name: string;
            /** Near */
            near: number;
            /** Newest Price */
            newest_price: string | null;
            /** Oldest Price */
            oldest_price: string | null;
            /** Positions */
            positions: number;
            /** Stale */
            stale: number;
            /** Value */
            value: string | null;
        };
        /**
         * PortfolioPolicy
         * @description What runs follow, what waits for approval, how it differs, and a model's opinion of what waits.
         */
        PortfolioPolicy: {
            active: components["schemas"]["PolicyVersion"] | null;
            /** Changes */
            changes: components["schemas"]["PolicyChange"][];
            draft: components["schemas"]["PolicyVersion"] | null;
            /**
             * Portfolio Id
             * Format: uuid
             */
            portfolio_id: string;
            verdict: components["schemas"]["Verdict"] | null;
        };
        /**
         * PortfolioThresholds
         * @description Those that the portfolio has of its own.
         */
        PortfolioThresholds: {
            /**
             * Portfolio Id
             * Format: uuid
             */
            portfolio_id: string;
            /**
             * Thresholds
             * @description As a listing's; only those that were set
             */
            thresholds: {
                [key: string]: unknown;
            };
        };
        /**
         * PositionCard
         * @description Where a position stands and what the rule would do now; ``sentence`` where words were asked for.
         */
        PositionCard: {
            /**
             * Anchor
             * Format: decimal
             */
            anchor: string;
            /** Asset Share */
            asset_share: string | null;
            /**
             * Buy Below
             * Format: decimal
             */
            buy_below: string;
            /**
             * Cash
             * Format: decimal
             */
            cash: string;
            guardrails: components["schemas"]["Guardrails"];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            listing: components["schemas"]["CardListing"];
            next_action: components["schemas"]["NextAction"] | null;
            open_order: components["schemas"]["Order"] | null;
            /** Orders Today */
            orders_today: number;
            /**
             * Portfolio Id
             * Format: uuid
             */
            portfolio_id: string;
            price: components["schemas"]["CardPrice"] | null;
            /**
             * Receivable
             * Format: decimal
             */
            receivable: string;
            /**
             * Sell Above
             * Format: decimal
             */
            sell_above: string;
            /** Sentence */
            sentence?: string | null;
            settings: components["schemas"]["Settings"];
            /**
             * Shares
             * Format: decimal
             */
            shares: string;
            /**
             * Status
             * @enum {string}
             */
            status: "active" | "paused" | "placing" | "closed";
        };
        /**
         * PositionChart
         * @description Prices are thinned to one a stretch of ``step_seconds``; where a stretch has none, there was none.
         */
        PositionChart: {
            /** Band */
            band: components["schemas"]["BandStep"][];
            /**
             * Begin
             * Format: date-time
             */
            begin: string;
            /** Marks */
            marks: components["schemas"]["ChartMark"][];
            /**
             * Position Id
             * Format: uuid
             */
            position_id: string;
            /** Prices */
            prices: components["schemas"]["ChartPrice"][];
            /**
             * Span
             * @enum {string}
             */
            span: "hour" | "day" | "week" | "month" | "year";
            /** Step Seconds */
            step_seconds: number;
            /**
             * Until
             * Format: date-time
             */
            until: string;
        };
        /**
         * PostedBatch
         * @description A batch, in the order in which it was posted; a whole batch is reversed by its id.
         */
        PostedBatch: {
            /**
             * Batch Id
             * Format: uuid
             */
            batch_id: string;
            /** Entries */
            entries: components["schemas"]["PostedEntry"][];
        };
        /**
         * PostedEntry
         * @description An entry's effect: units, and money in the base currency. ``id`` is the journal entry's.
         */
        PostedEntry: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Book Cost
             * Format: decimal
             */
            book_cost: string;
            /**
             * Cash
             * Format: decimal
             */
            cash: string;
            /**
             * Fee
             * Format: decimal
             */
            fee: string;
            /**
             * Gain
             * Format: decimal
             */
            gain: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Listing Id */
            listing_id: string | null;
            /**
             * Quantity
             * Format: decimal
             */
            quantity: string;
            /** Sentence */
            sentence: string;
            /** Symbol */
            symbol: string | null;
            /**
             * Tax
             * Format: decimal
             */
            tax: string;
        };
        /**
         * Price
         * @description A stored price in the listing's quote unit; of a bar ``last`` is the close.
         *
         *     ``quarantined`` names the rule that stopped it.
         */
        Price: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Ask */
            ask: string | null;
            /** Bid */
            bid: string | null;
            /** High */
            high: string | null;
            /** Is Close */
            is_close: boolean;
            /** Last */
            last: string | null;
            /** Low */
            low: string | null;
            /** Open */
            open: string | null;
            /** Quarantined */
            quarantined: string | null;
            /** Source */
            source: string;
        };
        /**
         * ProblemDocument
         * @description RFC 9457: why a request was refused. ``type`` is stable. ``auth`` stands in 401s: how one signs in here.
         */
        Problem: {
            /**
             * Auth
             * @default null
             */
            auth?: ("password" | "oidc") | null;
            /** Detail */
            detail: string;
            /**
             * Errors
             * @default null
             */
            errors?: components["schemas"]["FieldProblem"][] | null;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
        };
        /**
         * Projection
         * @description ``lag`` is in events; ``parked`` counts portfolios it has stopped for.
         */
        Projection: {
            /** Lag */
            lag: number;
            /** Name */
            name: string;
            /** Number */
            number: number;
            /** Parked */
            parked: number;
        };
        /**
         * Proof
         * @description A one-time code of who has a second factor, the password of anybody else.
         */
        Proof: {
            /** Code */
            code?: string | null;
            /** Password */
            password?: string | null;
        };
        /** ProposedListing */
        ProposedListing: {
            /** Currency */
            currency: string;
            /** Exchange */
            exchange: string;
            /** Isin */
            isin: string | null;
            /** Quote Unit */
            quote_unit: string;
            /** Symbol */
            symbol: string;
        };
        /**
         * Provider
         * @description As it was described; ``has_key`` says whether a key of its own is kept, which no answer shows.
         */
        Provider: {
            /** Closes */
            closes: {
                [key: string]: unknown;
            } | null;
            /** Exchanges */
            exchanges: string[] | null;
            /** Feed */
            feed: string | null;
            /** Fx */
            fx: {
                [key: string]: unknown;
            } | null;
            /** Has Key */
            has_key: boolean;
            /** Headers */
            headers: {
                [key: string]: string;
            };
            /**
             * Kind
             * @enum {string}
             */
            kind: "http" | "alpaca" | "files" | "simulated";
            /** Name */
            name: string;
            /** Quotes */
            quotes: {
                [key: string]: unknown;
            } | null;
            /** Suffixes */
            suffixes: {
                [key: string]: string;
            };
            /** Symbols */
            symbols: {
                [key: string]: string;
            };
        };
        /**
         * ProviderIn
         * @description A provider, with its key when that is new: ``key`` for http, ``credentials`` for Alpaca. Both are write-only.
         */
        ProviderIn: {
            closes?: components["schemas"]["ClosesQuestion"] | null;
            credentials?: components["schemas"]["KeyPair"] | null;
            /** Exchanges */
            exchanges?: string[] | null;
            /** Feed */
            feed?: ("iex" | "sip" | "delayed_sip") | null;
            fx?: components["schemas"]["FxQuestion"] | null;
            /** Headers */
            headers?: {
                [key: string]: string;
            };
            /** Key */
            key?: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "http" | "alpaca" | "files" | "simulated";
            /** Name */
            name: string;
            quotes?: components["schemas"]["QuotesQuestion"] | null;
            /** Suffixes */
            suffixes?: {
                [key: string]: string;
            };
            /** Symbols */
            symbols?: {
                [key: string]: string;
            };
        };
        /** QuarantinedPrice */
        QuarantinedPrice: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Expected */
            expected: string;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /** Observed */
            observed: string;
            /**
             * Price
             * Format: decimal
             */
            price: string;
            /** Rule */
            rule: string;
            /** Severity */
            severity: string;
        };
        /**
         * Queue
         * @description How many jobs wait in it.
         */
        Queue: {
            /** Jobs */
            jobs: number;
            /** Name */
            name: string;
        };
        /**
         * QuotesQuestion
         * @description What a listing trades at now.
         *
         *     ``items`` leads to a list of listings, or to an object of them by symbol; ``symbol`` says whose an item is, and is
         *     compared with what was asked. With ``symbols_max`` above one, ``{symbols}`` is a list with commas.
         */
        QuotesQuestion: {
            /** As Of */
            as_of: string;
            /** Ask */
            ask?: string | null;
            /** Bid */
            bid?: string | null;
            /** Currency */
            currency?: string | null;
            /** Items */
            items?: string | null;
            /** Last */
            last?: string | null;
            /** Symbol */
            symbol?: string | null;
            /**
             * Symbols Max
             * @default 1
             */
            symbols_max?: number;
            /** Unit */
            unit?: string | null;
            /** Url */
            url: string;
        };
        /**
         * RateIn
         * @description What one unit of ``base`` costs in ``quote``.
         */
        RateIn: {
            /**
             * As Of
             * Format: date-time
             * @example 2026-03-10T15:00:00Z
             */
            as_of: string;
            /**
             * Base
             * @description ISO 4217 code
             */
            base: string;
            /**
             * Quote
             * @description ISO 4217 code
             */
            quote: string;
            /**
             * Rate
             * @example 10.00
             */
            rate: string;
            /**
             * Source
             * @default api
             */
            source?: string;
        };
        /**
         * Rates
         * @description ``believed`` is a person's word that a rate far from the one before is so.
         */
        Rates: {
            /**
             * Believed
             * @default false
             */
            believed?: boolean;
            /** Rates */
            rates: components["schemas"]["RateIn"][];
        };
        /**
         * Ready
         * @description ``warnings`` fail nothing yet, but will; the field is there when there are any.
         *
         *     Who has not signed in, where people do, is told the status and nothing else.
         */
        Ready: {
            /** Dead Letters */
            dead_letters?: number | null;
            /** Dependencies */
            dependencies?: components["schemas"]["Dependency"][] | null;
            /** Projections */
            projections?: components["schemas"]["Projection"][] | null;
            /** Reconciliation Age Seconds */
            reconciliation_age_seconds?: number | null;
            /**
             * Status
             * @enum {string}
             */
            status: "ready" | "not_ready";
            /**
             * Warnings
             * @default []
             */
            warnings?: components["schemas"]["CalendarEnding"][];
        };
        /**
         * Recommendation
         * @description What a run, or a position's trigger, advised, and what became of it.
         *
         *     A trigger's is of the kind ``volatility`` and names its position and order; policy and snapshot are null then.
         */
        Recommendation: {
            /** Currency */
            currency: string;
            /** Engine */
            engine: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Lines */
            lines: components["schemas"]["AdviceLine"][];
            /** Order Id */
            order_id: string | null;
            /** Policy Hash */
            policy_hash: string | null;
            /**
             * Portfolio Id
             * Format: uuid
             */
            portfolio_id: string;
            /** Position Id */
            position_id: string | null;
            /**
             * Proposed At
             * Format: date-time
             */
            proposed_at: string;
            /** Run Id */
            run_id: string | null;
            /** Sentence */
            sentence: string;
            /** Sleeves */
            sleeves: components["schemas"]["SleeveWeight"][];
            /** Snapshot Hash */
            snapshot_hash: string | null;
            /** Status */
            status: string;
            /** Suppressed */
            suppressed: components["schemas"]["SuppressedLine"][];
            /** Triggers */
            triggers: string[];
            verdict: components["schemas"]["Verdict"] | null;
        };
        /** Reconciliation */
        Reconciliation: {
            /** Adopted */
            adopted: number;
            /** Clean */
            clean: boolean;
            /** Differences */
            differences: components["schemas"]["api__http__schemas__alerts__Difference"][];
            /** Warnings */
            warnings: components["schemas"]["api__http__schemas__alerts__Difference"][];
        };
        /**
         * RecoveryCodes
         * @description Each signs in once in the place of a one-time code; told here and never again.
         */
        RecoveryCodes: {
            /** Recovery Codes */
            recovery_codes: string[];
        };
        /**
         * Release
         * @description ``codes`` are those of triggers that are used up.
         */
        Release: {
            /** Codes */
            codes: string[];
            /** Reason */
            reason: string;
        };
        /** Resolution */
        Resolution: {
            /** Reason */
            reason: string;
        };
        /**
         * Retirement
         * @description ``effective`` is the day at the venue from which it is so: today when it is left out, and no day to come.
         */
        Retirement: {
            /** Effective */
            effective?: string | null;
            /** Reason */
            reason: string;
        };
        /**
         * ReversalIn
         * @description Ids of entries or of whole batches.
         */
        ReversalIn: {
            /** Ids */
            ids: string[];
            /** Reason */
            reason: string;
        };
        /**
         * ReversedBatch
         * @description What was taken back, newest first; what had been taken back before is not taken back again.
         */
        ReversedBatch: {
            /**
             * Batch Id
             * Format: uuid
             */
            batch_id: string;
            /** Entries */
            entries: components["schemas"]["ReversedEntry"][];
        };
        /**
         * ReversedEntry
         * @description The opposite of the entry that it ``reverses``.
         */
        ReversedEntry: {
            /**
             * Book Cost
             * Format: decimal
             */
            book_cost: string;
            /**
             * Cash
             * Format: decimal
             */
            cash: string;
            /**
             * Gain
             * Format: decimal
             */
            gain: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Quantity
             * Format: decimal
             */
            quantity: string;
            /**
             * Reverses
             * Format: uuid
             */
            reverses: string;
            /** Sentence */
            sentence: string;
            /** Symbol */
            symbol: string | null;
        };
        /**
         * RowEntry
         * @description What a row would book: units, and money in the base currency.
         */
        RowEntry: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Book Cost
             * Format: decimal
             */
            book_cost: string;
            /**
             * Cash
             * Format: decimal
             */
            cash: string;
            /**
             * Fee
             * Format: decimal
             */
            fee: string;
            /**
             * Gain
             * Format: decimal
             */
            gain: string;
            /** Kind */
            kind: string;
            /** Listing Id */
            listing_id: string | null;
            /**
             * Quantity
             * Format: decimal
             */
            quantity: string;
            /** Symbol */
            symbol: string | null;
            /**
             * Tax
             * Format: decimal
             */
            tax: string;
        };
        /**
         * RowFigure
         * @description A number as the file has it, ``raw`` in its ``unit``, beside what the books take it for.
         */
        RowFigure: {
            /** Booked */
            booked: string | null;
            /** Booked Unit */
            booked_unit: string | null;
            /** Column */
            column: string;
            /**
             * Name
             * @enum {string}
             */
            name: "quantity" | "price" | "value" | "amount" | "fee" | "tax";
            /** Raw */
            raw: string;
            /** Unit */
            unit: string;
        };
        /** RowProblem */
        RowProblem: {
            /** Column */
            column: string;
            /** Sentence */
            sentence: string;
        };
        /**
         * Run
         * @description ``slot`` is when a schedule fell due, ``as_of`` the moment the run is about.
         *
         *     What Ballast did because something happened has the trigger ``event``; a price, an answer of a broker.
         */
        Run: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Ended At */
            ended_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Policy Hash */
            policy_hash: string | null;
            /** Portfolio Id */
            portfolio_id: string | null;
            /** Recommendation Id */
            recommendation_id: string | null;
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /** Slot */
            slot: string | null;
            /** Snapshot Hash */
            snapshot_hash: string | null;
            /** Started At */
            started_at: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "success" | "no_action" | "blocked_frozen" | "blocked_dq" | "failed";
            /** Summary */
            summary: string | null;
            /**
             * Trigger
             * @enum {string}
             */
            trigger: "schedule" | "person" | "event";
        };
        /**
         * RunInput
         * @description What a run was worked out from: canonical JSON, whose SHA-256 is the run's ``snapshot_hash``.
         */
        RunInput: {
            [key: string]: components["schemas"]["JsonValue"];
        };
        /**
         * Schedule
         * @description ``in_words`` is the cron expression for people, on the clocks of ``time_zone``.
         *
         *     ``next_due`` is null while it is switched off; ``last_run`` is the latest that it has asked for.
         */
        Schedule: {
            /** Cron */
            cron: string;
            /** Enabled */
            enabled: boolean;
            /** In Words */
            in_words: string;
            /** Kind */
            kind: string;
            last_run: components["schemas"]["Run"] | null;
            /** Next Due */
            next_due: string | null;
            /** Time Zone */
            time_zone: string;
        };
        /**
         * ScheduleIn
         * @description ``cron`` has five fields: minute, hour, day of the month, month, day of the week, on the zone's clocks.
         */
        ScheduleIn: {
            /** Cron */
            cron: string;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /** Kind */
            kind: string;
            /**
             * Time Zone
             * @example Europe/London
             */
            time_zone: string;
        };
        /**
         * Schedules
         * @description All of them: a kind that is not among them is not scheduled any more.
         */
        Schedules: {
            /** Schedules */
            schedules: components["schemas"]["ScheduleIn"][];
        };
        /**
         * SecondFactorGone
         * @description Whether there was one.
         */
        SecondFactorGone: {
            /** Removed */
            removed: boolean;
        };
        /**
         * SecondFactorOffered
         * @description What a device makes codes from; told here and never again. ``uri`` is the same for a picture.
         */
        SecondFactorOffered: {
            /** Secret */
            secret: string;
            /** Uri */
            uri: string;
        };
        /**
         * SecurityAnswer
         * @description What is meant by a security of the file, one of three: a listing, the proposed one, or that it is left out.
         */
        SecurityAnswer: {
            /** Listing Id */
            listing_id?: string | null;
            /**
             * Register
             * @default false
             */
            register?: boolean;
            /** Security */
            security: string;
            /**
             * Skip
             * @default false
             */
            skip?: boolean;
        };
        /**
         * Settings
         * @description Every setting in force (DOMAIN §2).
         */
        Settings: {
            /** After Hours */
            after_hours: boolean;
            /** Cadence */
            cadence: string;
            /**
             * Commission Bps
             * Format: decimal
             */
            commission_bps: string;
            /**
             * Drift Bps
             * Format: decimal
             */
            drift_bps: string;
            /** Fractional */
            fractional: boolean;
            /**
             * G High
             * Format: decimal
             */
            g_high: string;
            /**
             * G Low
             * Format: decimal
             */
            g_low: string;
            /** Max Daily Loss Pct */
            max_daily_loss_pct: string | null;
            /** Max Orders Day */
            max_orders_day: number;
            /**
             * Min Notional
             * Format: decimal
             */
            min_notional: string;
            /** Order Type */
            order_type: string;
            /** Place Allocation */
            place_allocation: string;
            /**
             * R
             * Format: decimal
             */
            r: string;
            /** Rebalance On Breach */
            rebalance_on_breach: boolean;
            /** Sizing */
            sizing: string;
            /**
             * Tau
             * Format: decimal
             */
            tau: string;
            /** Time In Force */
            time_in_force: string;
            /**
             * Withholding
             * Format: decimal
             */
            withholding: string;
        };
        /**
         * SettingsChange
         * @description Overrides: only the keys that were given count. Null is legal for ``max_daily_loss_pct`` alone: off.
         */
        SettingsChange: {
            /** After Hours */
            after_hours?: boolean | null;
            /** Cadence */
            cadence?: ("tick" | "minute" | "close") | null;
            /** Commission Bps */
            commission_bps?: string | null;
            /** Drift Bps */
            drift_bps?: string | null;
            /** Fractional */
            fractional?: boolean | null;
            /** G High */
            g_high?: string | null;
            /** G Low */
            g_low?: string | null;
            /** Max Daily Loss Pct */
            max_daily_loss_pct?: string | null;
            /** Max Orders Day */
            max_orders_day?: number | null;
            /** Min Notional */
            min_notional?: string | null;
            /** Order Type */
            order_type?: ("market" | "limit") | null;
            /** Place Allocation */
            place_allocation?: ("approved" | "at_once") | null;
            /** R */
            r?: string | null;
            /** Rebalance On Breach */
            rebalance_on_breach?: boolean | null;
            /** Sizing */
            sizing?: ("anchor_ratio" | "proportional" | "fixed_fraction") | null;
            /** Tau */
            tau?: string | null;
            /** Time In Force */
            time_in_force?: ("day" | "gtc" | "ioc") | null;
            /** Withholding */
            withholding?: string | null;
        };
        /**
         * SettingsPreview
         * @description Band and guardrails as they would be, and what would be decided on the latest price.
         */
        SettingsPreview: {
            /**
             * Anchor
             * Format: decimal
             */
            anchor: string;
            /**
             * Buy Below
             * Format: decimal
             */
            buy_below: string;
            evaluation: components["schemas"]["Evaluation"];
            guardrails: components["schemas"]["Guardrails"];
            /**
             * Sell Above
             * Format: decimal
             */
            sell_above: string;
        };
        /**
         * SettledPrices
         * @description How many waiting prices were settled, and how many of the listing's wait still.
         */
        SettledPrices: {
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "released" | "discarded";
            /** Settled */
            settled: number;
            /** Waiting */
            waiting: number;
        };
        /**
         * SignedOut
         * @description How many sign-ins have ended.
         */
        SignedOut: {
            /** Ended */
            ended: number;
        };
        /**
         * SleeveWeight
         * @description A sleeve before, and after all that is advised; ``drift`` and ``drift_after`` are in percentage points.
         */
        SleeveWeight: {
            /** Actionable */
            actionable: boolean;
            /**
             * After
             * Format: decimal
             */
            after: string;
            /**
             * Before
             * Format: decimal
             */
            before: string;
            /**
             * Drift
             * Format: decimal
             */
            drift: string;
            /**
             * Drift After
             * Format: decimal
             */
            drift_after: string;
            /** Sleeve */
            sleeve: string;
            /**
             * Target
             * Format: decimal
             */
            target: string;
        };
        /**
         * Stop
         * @description ``cancel_open_orders`` has the brokers asked to cancel what is out, for as long as the freeze lasts.
         */
        Stop: {
            /**
             * Cancel Open Orders
             * @default false
             */
            cancel_open_orders?: boolean;
            /** Reason */
            reason: string;
        };
        /**
         * StoppedPortfolio
         * @description A portfolio that stands still now; ``already_frozen`` when it did before.
         */
        StoppedPortfolio: {
            /** Already Frozen */
            already_frozen: boolean;
            /** Base Currency */
            base_currency: string;
            broker: components["schemas"]["Broker"];
            /**
             * Cash
             * Format: decimal
             */
            cash: string;
            /**
             * Clock
             * @enum {string}
             */
            clock: "live" | "replay";
            /** Freeze Reasons */
            freeze_reasons: string[];
            /** Frozen */
            frozen: boolean;
            /** Frozen Because */
            frozen_because: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Mode
             * @enum {string}
             */
            mode: "automatic" | "advisory";
            /**
             * Money
             * @enum {string}
             */
            money: "paper" | "live" | "by hand";
            /** Name */
            name: string;
            /** Recalls Orders */
            recalls_orders: boolean;
            /** Settings */
            settings: {
                [key: string]: unknown;
            };
        };
        /**
         * SuppressedLine
         * @description What was considered and left out, and the rule that did it.
         */
        SuppressedLine: {
            /** Listing Id */
            listing_id: string | null;
            /** Rule */
            rule: string;
            /** Sentence */
            sentence: string;
            /** Subject */
            subject: string | null;
        };
        /**
         * SymbolChange
         * @description The symbol that it goes by from that day on.
         */
        SymbolChange: {
            /** Effective */
            effective?: string | null;
            /** Reason */
            reason: string;
            /** Symbol */
            symbol: string;
        };
        /**
         * System
         * @description How the machine is. ``reconciliation_age_seconds`` is of one's own portfolios, null without a broker.
         */
        System: {
            backup: components["schemas"]["BackupStanding"];
            /** Dead Letters */
            dead_letters: number;
            /** Followers */
            followers: components["schemas"]["Projection"][];
            /** Pipeline */
            pipeline: components["schemas"]["PipelineStep"][];
            /** Queues */
            queues: components["schemas"]["Queue"][];
            /** Reconciliation Age Seconds */
            reconciliation_age_seconds: number | null;
            /** Sentence */
            sentence: string;
            /** Version */
            version: string;
        };
        /** Thresholds */
        Thresholds: {
            /**
             * Explained
             * Format: decimal
             */
            explained: string;
            /** Future Seconds */
            future_seconds: number;
            /**
             * Jump Critical
             * Format: decimal
             */
            jump_critical: string;
            /**
             * Jump Warn
             * Format: decimal
             */
            jump_warn: string;
            /** Missing Close Minutes */
            missing_close_minutes: number;
            /**
             * Outlier Least
             * Format: decimal
             */
            outlier_least: string;
            /**
             * Outlier Sigmas
             * Format: decimal
             */
            outlier_sigmas: string;
            /**
             * Scale High
             * Format: decimal
             */
            scale_high: string;
            /**
             * Scale Low
             * Format: decimal
             */
            scale_low: string;
            /** Split Ratio Max */
            split_ratio_max: number;
            /**
             * Split Tolerance
             * Format: decimal
             */
            split_tolerance: string;
            /** Stale Close Days */
            stale_close_days: number;
            /** Stale Fx Days */
            stale_fx_days: number;
            /** Stale Intraday Seconds */
            stale_intraday_seconds: number;
            /**
             * Value Jump
             * Format: decimal
             */
            value_jump: string;
        };
        /**
         * ThresholdsChange
         * @description Thresholds of a listing or a portfolio: only the keys that were given count.
         */
        ThresholdsChange: {
            /** Explained */
            explained?: string | null;
            /** Future Seconds */
            future_seconds?: number | null;
            /** Jump Critical */
            jump_critical?: string | null;
            /** Jump Warn */
            jump_warn?: string | null;
            /** Missing Close Minutes */
            missing_close_minutes?: number | null;
            /** Outlier Least */
            outlier_least?: string | null;
            /** Outlier Sigmas */
            outlier_sigmas?: string | null;
            /** Scale High */
            scale_high?: string | null;
            /** Scale Low */
            scale_low?: string | null;
            /** Split Ratio Max */
            split_ratio_max?: number | null;
            /** Split Tolerance */
            split_tolerance?: string | null;
            /** Stale Close Days */
            stale_close_days?: number | null;
            /** Stale Fx Days */
            stale_fx_days?: number | null;
            /** Stale Intraday Seconds */
            stale_intraday_seconds?: number | null;
            /** Value Jump */
            value_jump?: string | null;
        };
        /**
         * TimelineEvent
         * @description ``at`` is the decision or effective time; decisions carry ``data.inputs`` and ``data.outputs``.
         */
        TimelineEvent: {
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Correlation Id
             * Format: uuid
             */
            correlation_id: string;
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Message */
            message: string;
            /** Number */
            number: number;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Run Id */
            run_id: string | null;
            /** Stream */
            stream: string;
            /** Type */
            type: string;
            /** Version */
            version: number;
        };
        /**
         * Today
         * @description ``alarm`` is what of the sentence, from its beginning, ``state`` is about; null while that is quiet.
         */
        Today: {
            /** Alarm */
            alarm: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** For You */
            for_you: components["schemas"]["WaitingForYou"][];
            /** Portfolios */
            portfolios: components["schemas"]["PortfolioAtAGlance"][];
            /** Sentence */
            sentence: string;
            /**
             * State
             * @enum {string}
             */
            state: "quiet" | "look" | "stopped";
        };
        /**
         * Token
         * @description A token as far as it may be shown. ``secret`` is told when it is made, and null ever after.
         */
        Token: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /**
             * Made At
             * Format: date-time
             */
            made_at: string;
            /** Name */
            name: string;
            /**
             * Scope
             * @enum {string}
             */
            scope: "read" | "trade";
            /** Secret */
            secret: string | null;
        };
        /**
         * TokenGone
         * @description The token that lets nobody in any more.
         */
        TokenGone: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * Told
         * @description What is left out is not known yet, or stays as it is.
         */
        Told: {
            /** Distribution */
            distribution?: ("accumulating" | "distributing") | null;
            /** Isin */
            isin?: string | null;
            /** Kind */
            kind?: ("stock" | "etf" | "etc" | "fund" | "trust" | "bond" | "money_market" | "other") | null;
            /** Name */
            name?: string | null;
        };
        /**
         * Trading
         * @description ``halted`` while a portfolio is frozen or not reconciled, or an order's outcome is unknown.
         *
         *     So it is while a restored Ballast is read only: ``restored`` says what it waits for.
         */
        Trading: {
            /** Frozen */
            frozen: components["schemas"]["FrozenPortfolio"][];
            /** Open Orders */
            open_orders: {
                [key: string]: number;
            };
            /** Reconciliation Age Seconds */
            reconciliation_age_seconds: number | null;
            /** Restored */
            restored: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "trading" | "halted";
            /** Undecided Listings */
            undecided_listings: number;
            /** Unreconciled */
            unreconciled: string[];
        };
        /**
         * Tried
         * @description Settings to try; what is left out stays as it is.
         */
        "Tried-Input": {
            settings: components["schemas"]["SettingsChange"];
        };
        /**
         * Tried
         * @description ``problem`` says why it was not sent, null when the service has taken it.
         */
        "Tried-Output": {
            /** Problem */
            problem: string | null;
            /** Sent */
            sent: boolean;
        };
        /**
         * Trigger
         * @description A wave or sunset. ``recommendation_id`` is the advice that uses it, null while it is available.
         *
         *     One that the active policy does not have any more is told as long as it is used.
         */
        Trigger: {
            /** Changed At */
            changed_at: string | null;
            /** Code */
            code: string;
            /** Recommendation Id */
            recommendation_id: string | null;
            /** Sentence */
            sentence: string;
            /**
             * Status
             * @enum {string}
             */
            status: "available" | "recommended" | "consumed";
        };
        /** UpTo */
        UpTo: {
            /**
             * Up To
             * Format: uuid
             */
            up_to: string;
        };
        /**
         * Verdict
         * @description An opinion. It decides nothing, and nothing that decides has read it.
         *
         *     ``status`` is ``waiting``, ``given``, or ``missed`` with a ``reason``; ``notes`` are the model's own text.
         *     What it was asked is archived under ``prompt_hash``.
         */
        Verdict: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Model */
            model: string | null;
            /** Notes */
            notes: string[];
            /** Prompt Hash */
            prompt_hash: string | null;
            /** Reason */
            reason: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "waiting" | "given" | "missed";
            /** Verdict */
            verdict: ("PASS" | "WARN" | "FAIL") | null;
        };
        /**
         * Verification
         * @description Whether everything is what it was: events, decisions, the states that commands start from, read models.
         *
         *     Of a log that differs itself nothing else is verified; ``not_verified`` names what that is.
         */
        Verification: {
            /** Chain Head */
            chain_head: string | null;
            /** Decisions */
            decisions: number;
            /** Differences */
            differences: components["schemas"]["api__http__schemas__audit__Difference"][];
            /** Events */
            events: number;
            /** Inputs Retired */
            inputs_retired: number;
            /** Not Verified */
            not_verified: ("decisions" | "snapshots" | "tables")[];
            /** Ok */
            ok: boolean;
        };
        /**
         * Verified
         * @description A verification that came to its end, and in how many places something differed.
         */
        Verified: {
            /** Chain Head */
            chain_head: string | null;
            /** Decisions */
            decisions: number;
            /** Differences */
            differences: number;
            /**
             * Ended At
             * Format: date-time
             */
            ended_at: string;
            /** Events */
            events: number;
        };
        /**
         * Verifying
         * @description A verification that takes its time: what it looks at, and how many of its events or streams are behind it.
         */
        Verifying: {
            /** Done */
            done: number;
            /** In All */
            in_all: number;
            /** Step */
            step: string;
        };
        /**
         * WaitingForYou
         * @description Something that waits for a person: a freeze to lift, a recommendation, an alert.
         *
         *     ``id`` is the portfolio's, the recommendation's or the alert's; ``at`` is null for a freeze. ``listing_id`` is the
         *     listing in whose prices something was found. An open alert that says no more than a freeze does has no row of its
         *     own before the freeze is lifted.
         */
        WaitingForYou: {
            /** At */
            at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "freeze" | "recommendation" | "alert";
            /** Listing Id */
            listing_id: string | null;
            /** Portfolio Id */
            portfolio_id: string | null;
            /** Sentence */
            sentence: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "INFO" | "WARN" | "CRITICAL";
        };
        /**
         * WaitingPrice
         * @description A price that the gate stopped, beside the last good one that it was held against; prices in the quote unit.
         *
         *     ``meaning`` is the rule in a sentence; where ``released_by_name`` a release has to name it. ``number`` is its
         *     place in the list. ``outcome`` is null while it waits for a person; ``last_good`` is null where
         *     there was none, and ``price`` where half a quote was stopped for what it was labelled.
         */
        WaitingPrice: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Expected */
            expected: string;
            /** Is Close */
            is_close: boolean;
            /** Last Good */
            last_good: string | null;
            /** Last Good At */
            last_good_at: string | null;
            /**
             * Listing Id
             * Format: uuid
             */
            listing_id: string;
            /** Meaning */
            meaning: string;
            /** Number */
            number: number;
            /** Observed */
            observed: string;
            /** Outcome */
            outcome: ("released" | "discarded") | null;
            /** Price */
            price: string | null;
            /** Quote Unit */
            quote_unit: string;
            /** Reason */
            reason: string | null;
            /** Released By Name */
            released_by_name: boolean;
            /** Rule */
            rule: string;
            /** Settled At */
            settled_at: string | null;
            /** Source */
            source: string;
            /**
             * Stored At
             * Format: date-time
             */
            stored_at: string;
            /** Symbol */
            symbol: string;
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
    page_alerts_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
                /** @description true: still open, false: resolved; default both */
                open?: boolean | null;
                portfolio_id?: string | null;
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
                    "application/json": components["schemas"]["Page_Alert_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolve_alerts__alert_id__resolve_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resolution"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chain_audit_chain_get: {
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
                    "application/json": components["schemas"]["ChainStanding"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify_audit_verify_get: {
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
                    "application/json": components["schemas"]["Verification"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verifying"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login_auth_login_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout_auth_logout_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Leaving"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    who_asks_auth_me_get: {
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
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password_auth_password_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prove_auth_proof_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proof"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_auth_second_factor_post: {
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
                    "application/json": components["schemas"]["SecondFactorOffered"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_auth_second_factor_delete: {
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
                    "application/json": components["schemas"]["SecondFactorGone"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_auth_second_factor_confirm_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Confirmation"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renew_auth_second_factor_recovery_codes_post: {
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
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_auth_sign_ins_get: {
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
                    "application/json": components["schemas"]["Page_OwnSignIn_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_others_auth_sign_ins_delete: {
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
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_auth_sign_ins__sign_in_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sign_in_id: string;
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
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_auth_tokens_get: {
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
                    "application/json": components["schemas"]["Page_Token_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_auth_tokens_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_auth_tokens__token_id__delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                token_id: string;
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
                    "application/json": components["schemas"]["TokenGone"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_channels_get: {
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
                    "application/json": components["schemas"]["Page_Channel_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_channels_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelList"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Channel_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    test_channels__channel_id__test_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                channel_id: string;
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
                    "application/json": components["schemas"]["Tried-Output"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dividend_dividends_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDividend"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_events_get: {
        parameters: {
            query?: {
                /** @description Only what is about one of these; `me`: what one did oneself */
                about?: ("traded" | "skipped" | "data" | "money" | "me")[];
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
                /** @description Which event comes first; `after` goes on in that order */
                order?: "oldest" | "newest";
                /** @description The story of one order; name its position too */
                order_id?: string | null;
                portfolio_id?: string | null;
                position_id?: string | null;
                run_id?: string | null;
                /** @description Such as position.skipped */
                type?: string | null;
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
                    "application/json": components["schemas"]["Page_TimelineEvent_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_exchanges_get: {
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
                    "application/json": components["schemas"]["Exchanges"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_exports_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
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
                    "application/json": components["schemas"]["Page_Export_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request_exports_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["api__http__routes__exports__Wanted"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_exports__export_id__get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                export_id: string;
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
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_exports__export_id__files__name__get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                export_id: string;
                /** @description A name of the export's `files` */
                name: string;
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
                    "application/json": components["schemas"]["ExportManifest"];
                    "application/jsonl": string;
                    "application/vnd.apache.parquet": string;
                    "text/csv": string;
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    destinations_exports_destinations_get: {
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
                    "application/json": components["schemas"]["ExportDestinations"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    freeze_freeze_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Stop"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_StoppedPortfolio_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_freshness_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                portfolio_id?: string | null;
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
                    "application/json": components["schemas"]["Freshnesses"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_fx_rates_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                base?: string | null;
                limit?: number;
                quote?: string | null;
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
                    "application/json": components["schemas"]["Page_FxRate_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_fx_rates_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rates"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FxTaken"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live_health_live_get: {
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
                    "application/json": components["schemas"]["Live"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ready_health_ready_get: {
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
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trading_health_trading_get: {
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
                    "application/json": components["schemas"]["Trading"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_instruments_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                isin?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["Page_Instrument_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register_instruments_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Told"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instrument"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_instruments__instrument_id__get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                instrument_id: string;
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
                    "application/json": components["schemas"]["Instrument"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_instruments__instrument_id__patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                instrument_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Told"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instrument"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_listings_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                exchange?: string | null;
                isin?: string | null;
                limit?: number;
                q?: string | null;
                symbol?: string | null;
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
                    "application/json": components["schemas"]["Page_Listing_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register_listings_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewListing"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_listings__listing_id__get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                listing_id: string;
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
                    "application/json": components["schemas"]["Listing"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    describe_listings__listing_id__patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                listing_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["More"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    of_listing_listings__listing_id__actions_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                listing_id: string;
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
                    "application/json": components["schemas"]["Page_Action_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prices_listings__listing_id__prices_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
            };
            header?: never;
            path: {
                listing_id: string;
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
                    "application/json": components["schemas"]["Page_Price_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discard_listings__listing_id__quarantine_discard_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                listing_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PickedPrices"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettledPrices"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_listings__listing_id__quarantine_release_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                listing_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PickedPrices"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettledPrices"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retire_listings__listing_id__retire_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                listing_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retirement"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_listings__listing_id__symbol_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                listing_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SymbolChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_listing_listings__listing_id__thresholds_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                listing_id: string;
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
                    "application/json": components["schemas"]["ListingThresholds"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_listing_listings__listing_id__thresholds_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                listing_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThresholdsChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListingThresholds"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    merger_mergers_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMerger"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metrics_metrics_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                /** @description Default: the first event */
                from?: string | null;
                portfolio_id?: string | null;
                position_id?: string | null;
                /** @description Default: now */
                to?: string | null;
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
                    "application/json": components["schemas"]["Measures"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_notifications_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
                /** @description Which comes first; `after` goes on in that order */
                order?: "oldest" | "newest";
                /** @description true: unread only, false: read only; default both */
                unread?: boolean | null;
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
                    "application/json": components["schemas"]["Page_Notification_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_notifications__notification_id__read_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                notification_id: string;
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
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_up_to_notifications_read_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpTo"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkedRead"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_orders_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
                portfolio_id?: string | null;
                position_id?: string | null;
                status?: components["schemas"]["OrderStatus"] | null;
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
                    "application/json": components["schemas"]["Page_Order_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_orders__order_id__get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_orders__order_id__cancel_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resubmit_orders__order_id__resubmit_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    callback_orders_callback_post: {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-signature": string;
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Account */
                    account?: string | null;
                    /** At */
                    at?: string | null;
                    /** Broker */
                    broker: string;
                    /** Broker Order Id */
                    broker_order_id?: string | null;
                    /** Client Order Id */
                    client_order_id: string;
                    /** Commission */
                    commission?: string | null;
                    /**
                     * Event
                     * @description One of accepted, partial_fill, fill, trade_correct, trade_bust, canceled, expired, rejected, pending_cancel, pending_replace, suspended, done_for_day; another makes the order unknown
                     */
                    event: string;
                    /** Execution Id */
                    execution_id?: string | null;
                    /** Price */
                    price?: string | null;
                    /** Quantity */
                    quantity?: string | null;
                    /** Reason */
                    reason?: string | null;
                    /**
                     * Revision
                     * @default 1
                     */
                    revision?: number;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackTaken"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackTaken"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    callback_of_account_orders_callback__portfolio_id__post: {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-signature": string;
                "webhook-timestamp": string;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Account */
                    account?: string | null;
                    /** At */
                    at?: string | null;
                    /** Broker */
                    broker: string;
                    /** Broker Order Id */
                    broker_order_id?: string | null;
                    /** Client Order Id */
                    client_order_id: string;
                    /** Commission */
                    commission?: string | null;
                    /**
                     * Event
                     * @description One of accepted, partial_fill, fill, trade_correct, trade_bust, canceled, expired, rejected, pending_cancel, pending_replace, suspended, done_for_day; another makes the order unknown
                     */
                    event: string;
                    /** Execution Id */
                    execution_id?: string | null;
                    /** Price */
                    price?: string | null;
                    /** Quantity */
                    quantity?: string | null;
                    /** Reason */
                    reason?: string | null;
                    /**
                     * Revision
                     * @default 1
                     */
                    revision?: number;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackTaken"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackTaken"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    archived_policies__policy_hash__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                policy_hash: string;
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
                    "application/json": components["schemas"]["ArchivedPolicy"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    schema_policies_schema_get: {
        parameters: {
            query?: {
                currency?: string;
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
                    "application/json": components["schemas"]["PolicySchema"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_portfolios_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
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
                    "application/json": components["schemas"]["Page_Portfolio_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_portfolio_portfolios_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPortfolio"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_portfolios__portfolio_id__get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    amend_portfolios__portfolio_id__patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Amendment"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    connect_portfolios__portfolio_id__broker_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBroker"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrokerConnection"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disconnect_portfolios__portfolio_id__broker_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["BrokerConnection"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotate_callback_secret_portfolios__portfolio_id__broker_callback_secret_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["BrokerConnection"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cash_portfolios__portfolio_id__cash_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Cash"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_cash_portfolios__portfolio_id__cash_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CashMove"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_portfolios__portfolio_id__constituents_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_Constituent_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_portfolios__portfolio_id__constituents_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Constituents"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Constituent_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    freeze_portfolios__portfolio_id__freeze_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Stop"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holdings_portfolios__portfolio_id__holdings_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_Holding_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_portfolios__portfolio_id__imports_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_Import_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_portfolios__portfolio_id__imports_post: {
        parameters: {
            query?: {
                /** @description Which of the accounts in the file */
                account?: string | null;
                file_name?: string | null;
            };
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/xml": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    apply_portfolios__portfolio_id__imports__import_id__apply_post: {
        parameters: {
            query?: {
                /** @description Answer the preview with these answers, book nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                import_id: string;
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AnswersIn"] | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppliedImport"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ledger_portfolios__portfolio_id__ledger_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
                /** @description Which event comes first; `after` goes on in that order */
                order?: "oldest" | "newest";
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_JournalEntry_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_portfolios__portfolio_id__ledger_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostedBatch"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reverse_portfolios__portfolio_id__ledger_reversals_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReversalIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReversedBatch"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_portfolios__portfolio_id__market_data_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["MarketData"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_portfolios__portfolio_id__market_data_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["api__http__routes__market_data__Wanted"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarketData"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh_portfolios__portfolio_id__market_data_refresh_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_portfolios__portfolio_id__members_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_Member_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_portfolios__portfolio_id__members_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMember"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Member_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_portfolios__portfolio_id__members__user_id__delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
                user_id: string;
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
                    "application/json": components["schemas"]["Page_Member_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_portfolios__portfolio_id__policy_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["PortfolioPolicy"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draft_portfolios__portfolio_id__policy_put: {
        parameters: {
            query?: {
                /** @description Answer how it would stand, store nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    manifesto?: string | null;
                    /** @description See /policies/schema */
                    policy: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortfolioPolicy"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve_portfolios__portfolio_id__policy_approve_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Approval"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortfolioPolicy"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    history_portfolios__portfolio_id__policy_history_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_PolicyStep_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    manifesto_portfolios__portfolio_id__policy_manifesto_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                version?: "active" | "draft";
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["ManifestoPage"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    review_portfolios__portfolio_id__policy_review_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verdict"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_position_portfolios__portfolio_id__positions_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPosition"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositionCard"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reconcile_portfolios__portfolio_id__reconcile_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_portfolios__portfolio_id__runs_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description true: only what a schedule or a person asked for, not what followed from an event */
                asked?: boolean;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                /** @description Only runs of this kind, or of these */
                kind?: string[] | null;
                limit?: number;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_Run_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request_portfolios__portfolio_id__runs_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["api__http__routes__runs__Wanted"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_portfolios__portfolio_id__schedules_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_Schedule_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_portfolios__portfolio_id__schedules_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Schedules"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Schedule_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_portfolio_portfolios__portfolio_id__thresholds_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["PortfolioThresholds"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_portfolio_portfolios__portfolio_id__thresholds_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThresholdsChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortfolioThresholds"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_portfolios__portfolio_id__triggers_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_Trigger_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_portfolios__portfolio_id__triggers_release_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Release"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Trigger_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unfreeze_portfolios__portfolio_id__unfreeze_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    value_portfolios__portfolio_id__value_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Page_CloseOfDay_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_positions_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
                placements?: boolean;
                portfolio_id?: string | null;
                sentences?: boolean;
                symbol?: string | null;
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
                    "application/json": components["schemas"]["Page_PositionCard_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_positions__position_id__get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                position_id: string;
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
                    "application/json": components["schemas"]["PositionCard"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_cash_positions__position_id__cash_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                position_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Allocation"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositionCard"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chart_positions__position_id__chart_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                span?: ("hour" | "day" | "week" | "month" | "year") | null;
            };
            header?: never;
            path: {
                position_id: string;
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
                    "application/json": components["schemas"]["PositionChart"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_positions__position_id__close_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                position_id: string;
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
                    "application/json": components["schemas"]["PositionCard"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluate_positions__position_id__evaluate_post: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                position_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Asked"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evaluation"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_positions__position_id__pause_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                position_id: string;
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
                    "application/json": components["schemas"]["PositionCard"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_positions__position_id__preview_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                position_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tried-Input"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsPreview"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_positions__position_id__resume_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                position_id: string;
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
                    "application/json": components["schemas"]["PositionCard"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_settings_positions__position_id__settings_patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                position_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositionCard"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ingest_prices_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    quotes: {
                        /** Format: date-time */
                        as_of: string;
                        ask?: string;
                        bid?: string;
                        currency?: string;
                        high?: string;
                        /** @default false */
                        is_close?: boolean;
                        last?: string;
                        /** Format: uuid */
                        listing_id: string;
                        low?: string;
                        open?: string;
                        /** @default api */
                        source?: string;
                        unit?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ingested"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_quarantine_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
                listing_id?: string | null;
                /** @description false: those that a person has released or discarded */
                open?: boolean;
                portfolio_id?: string | null;
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
                    "application/json": components["schemas"]["Page_WaitingPrice_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_recommendations_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
                limit?: number;
                portfolio_id?: string | null;
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
                    "application/json": components["schemas"]["Page_Recommendation_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_recommendations__recommendation_id__get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
            header?: never;
            path: {
                recommendation_id: string;
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
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve_recommendations__recommendation_id__approve_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                recommendation_id: string;
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
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ignore_recommendations__recommendation_id__ignore_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                recommendation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_executed_recommendations__recommendation_id__mark_executed_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                recommendation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Executed"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reverse_recommendations__recommendation_id__reverse_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                recommendation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recommendation"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    review_recommendations__recommendation_id__review_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                recommendation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verdict"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_runs__run_id__get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
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
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snapshot_runs__run_id__input_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
            };
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
                    "application/json": components["schemas"]["RunInput"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    describe_schedules_described_get: {
        parameters: {
            query: {
                cron: string;
                time_zone: string;
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
                    "application/json": components["schemas"]["DescribedSchedule"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    split_splits_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSplit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_system_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
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
                    "application/json": components["schemas"]["System"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page_system_dead_letters_get: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["Page_DeadLetter_"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dismiss_system_dead_letters__letter_id__dismiss_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                letter_id: string;
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
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_system_dead_letters__letter_id__retry_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request answers the first result, with another request 409 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                letter_id: string;
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
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_today_get: {
        parameters: {
            query?: {
                /** @description Wait, 5 s at most, until the answer includes this position */
                at_least?: number | null;
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
                    "application/json": components["schemas"]["Today"];
                };
            };
            /** @description Why not (RFC 9457) */
            default: {
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
