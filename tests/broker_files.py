"""Files as brokers let them be downloaded, a few rows of each."""

from collections.abc import Sequence

AJ_BELL_HEADER = (
    "Investment,Quantity,Price,Value (£),Cost (£),Change (£),Change (%),Price +/- today (%),"
    "Valuation currency,Market currency,Exchange rate,Date,Time,Portfolio,Ticker"
)
WORLD = (
    '"Vanguard FTSE All-World UCITS ETF USD Acc (LSE:VWRP)","236","11,842.50","27,948.30","24,310.15","3,638.15",'
    '"14.97","0.21","GBP","GBX","1","10-Mar-26","17:07","SIPP","LSE:VWRP"'
)
SEMIS = (
    '"HANetf ICAV Amundi Semiconductors UCITS ETF (LSE:SEMI)","2,954","946.10","27,947.79","21,880.00","6,067.79",'
    '"27.73","-1.02","GBP","GBX","1","10-Mar-26","17:07","SIPP","LSE:SEMI"'
)
CASH = '"Cash GBP","","","512.44","512.44","0.00","0.00","","GBP","GBP","1","10-Mar-26","17:07","SIPP",""'

TRADING_212_HEADER = (
    "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,"
    "Result,Currency (Result),Total,Currency (Total),Withholding tax,Currency (Withholding tax),"
    "Stamp duty reserve tax,Currency (Stamp duty reserve tax),Notes,ID,"
    "Currency conversion fee,Currency (Currency conversion fee)"
)
DEPOSIT = "Deposit,2026-03-02 09:00:00,,,,,,,,,,2000.00,GBP,,,,,Bank transfer,D-1,,"
BOUGHT = (
    "Market buy,2026-03-03 10:15:30.123,IE00BK5BQT80,VWRP,Vanguard FTSE All-World,10.0000000000,11842.50,GBX,1,"
    ",,1190.17,GBP,,,5.92,GBP,,EOF1,,"
)
SOLD = (
    "Limit sell,2026-03-04 11:00:00,IE00BK5BQT80,VWRP,Vanguard FTSE All-World,4.0000000000,12000.00,GBX,1,"
    "6.00,GBP,480.00,GBP,,,,,,EOF2,,"
)
PAID = (
    "Dividend (Ordinary),2026-03-05 12:00:00,IE00BK5BQT80,VWRP,Vanguard FTSE All-World,6.0000000000,0.55,USD,"
    "Not available,,,2.10,GBP,0.50,USD,,,,,,"
)

HARGREAVES_LANSDOWN = """Portfolio Summary,,,,
Client Name:,A Person,,,
Client Number:,7,,,
Valuation as at,10-03-2026 17:07,,,

Trade date,Settle date,Reference,Description,Unit cost (p),Quantity,Value (£),
"02/03/2026","02/03/2026","Card Web","Card payment","","","1,300.00"
"03/03/2026","05/03/2026","B123456789","Vanguard FTSE All-World UCITS ETF","11,842.50","10","-1,196.20"
"04/03/2026","04/03/2026","MANAGE FEE","Account charge","","","-2.47"
"04/03/2026","04/03/2026","MANAGE FEE","Account charge","","","-2.47"
"05/03/2026","09/03/2026","S123456790","Vanguard FTSE All-World UCITS ETF","12,000.00","4","468.05"
"""

FLEX = """<FlexQueryResponse queryName="all" type="AF">
<FlexStatements count="1">
<FlexStatement accountId="U7" fromDate="20260301" toDate="20260331" whenGenerated="20260401;120000">
<Trades>
<Trade accountId="U7" currency="USD" fxRateToBase="0.78" assetCategory="STK" symbol="KO" description="COCA-COLA CO"
  isin="US1912161007" listingExchange="NYSE" tradeID="9" ibExecID="0000e0d5.69aa.01.02" dateTime="20260303;103000"
  buySell="BUY" quantity="10" tradePrice="62.50" proceeds="-625" taxes="0" ibCommission="-1"
  ibCommissionCurrency="USD" netCash="-626" levelOfDetail="EXECUTION" />
<Trade accountId="U7" currency="USD" fxRateToBase="0.78" assetCategory="CASH" symbol="GBP.USD" tradeID="10"
  dateTime="20260303;103001" buySell="SELL" quantity="-490" tradePrice="1.28" proceeds="627.20" ibCommission="-2"
  ibCommissionCurrency="USD" levelOfDetail="EXECUTION" />
</Trades>
<CashTransactions>
<CashTransaction accountId="U7" currency="GBP" fxRateToBase="1" type="Deposits/Withdrawals" amount="1000"
  dateTime="20260302" description="RECEIPT" transactionID="70" levelOfDetail="DETAIL" />
<CashTransaction accountId="U7" currency="USD" fxRateToBase="0.8" symbol="KO" isin="US1912161007" amount="5.00"
  listingExchange="NYSE" type="Dividends" dateTime="20260316;202000" transactionID="71" levelOfDetail="DETAIL" />
<CashTransaction accountId="U7" currency="USD" fxRateToBase="0.8" symbol="KO" isin="US1912161007" amount="-0.75"
  listingExchange="NYSE" type="Withholding Tax" dateTime="20260316;202000" transactionID="72" levelOfDetail="DETAIL" />
<CashTransaction accountId="U7" currency="USD" fxRateToBase="0.8" symbol="KO" isin="US1912161007" amount="5.00"
  type="Dividends" dateTime="20260316;202000" transactionID="" levelOfDetail="SUMMARY" />
</CashTransactions>
</FlexStatement></FlexStatements></FlexQueryResponse>
"""


def aj_bell(*rows: str) -> bytes:
    """A list of positions, with its byte order mark."""
    return _table(AJ_BELL_HEADER, rows).encode("utf-8-sig")


def trading_212(*rows: str) -> bytes:
    """A history."""
    return _table(TRADING_212_HEADER, rows).encode()


def hargreaves_lansdown() -> bytes:
    """A capital account, in the encoding of old."""
    return HARGREAVES_LANSDOWN.encode("cp1252")


def flex() -> bytes:
    """A Flex query."""
    return FLEX.encode()


def _table(header: str, rows: Sequence[str]) -> str:
    return "".join(f"{line}\r\n" for line in (header, *rows))
