"""The words that offices use for the facts of a shipping note, in both scripts and English.

One table: a fact, and its words from the most to the least certain, a tuple for each rank. Words
are folded when the table is read (`lexicon`), so one script is enough; a hyphen is a blank.
A fact that stands in brackets behind its word is the business of `headings`.
"""

from collections.abc import Mapping

# Facts of the whole note, and facts of one line; `remark` and `line_remark` share their words.
DOCUMENT_FACTS = (
    "external_no",
    "customer",
    "customer_code",
    "consignee",
    "phone",
    "address",
    "order_no",
    "carrier",
    "issued_on",
    "ship_on",
    "delivery_mode",
    "remark",
)
LINE_FACTS = (
    "line_no",
    "part_no",
    "name",
    "spec",
    "uom",
    "quantity",
    "unit_price",
    "amount",
    "serial_nos",
    "lot_no",
    "due_on",
    "line_remark",
)
TARGETS = (*DOCUMENT_FACTS, *LINE_FACTS)
# Columns that take part in the sums but are no fact of a note.
TAX_RATE, DISCOUNT = "tax_rate", "discount"

WORDS: Mapping[str, tuple[str, ...]] = {
    "external_no": (
        "發貨單號 出貨單號 送貨單號 出庫單號 發貨單編號 出貨單編號 送貨單編號 出庫單編號 發貨通知單號 "
        "出貨通知單號 發貨通知單編號 出貨通知單編號 銷貨單號 銷售出庫單號 交貨單號 提貨單號 裝箱單號 發貨單 出貨單 "
        "送貨單 出庫單 交貨單 發貨編號 出貨編號 送貨編號 通知單號 調撥單號 外部單號 發運單號 送貨單號碼 出貨單號碼 "
        "發貨單號碼 簽收單號 出貨單據號碼 delivery-no delivery-number delivery-note delivery-note-no "
        "delivery-note-number delivery-note-# shipping-note shipping-note-no shipping-note-number shipping-no "
        "shipment-no shipment-number shipment dispatch-no dispatch-note-no dispatch-number packing-list-no "
        "packing-slip-no dn-no dn dn# d/n d/n-no advice-no dispatch-advice-no external-no goods-issue-no",
        "單號 單據編號 單據號 單據號碼 單據編碼 單編號 票據號 note-no note-number document-no doc-no "
        "document-number doc-number document slip-no ref-no reference-no reference ref our-ref",
    ),
    "customer": (
        "客戶 客戶名稱 客戶簡稱 客戶全稱 客戶單位 客戶公司 客戶名 客戶寶號 寶號 顧客 顧客名稱 購貨單位 購貨單位名稱 "
        "購貨方 購方 購買方 買方 買受人 需方 需方名稱 訂貨單位 訂貨客戶 訂購單位 售達方 售達方名稱 用戶 用戶名稱 "
        "用戶單位 使用單位 使用單位名稱 往來單位 經銷商 經銷商名稱 customer customer-name sold-to sold-to-party "
        "sold-to-name buyer client client-name account-name messrs purchaser",
        "收貨單位 收貨單位名稱 收貨方 收貨客戶 收貨公司 收件單位 受貨單位 提貨單位 送達方 送達方名稱 接收單位 "
        "發往單位 致 台照 to deliver-to ship-to ship-to-party ship-to-name bill-to",
        "單位名稱 公司名稱 廠商名稱 廠商 抬頭 company company-name",
    ),
    "customer_code": (
        "客戶編碼 客戶代碼 客戶代號 客戶編號 客戶號 客戶號碼 客編 顧客編號 購貨單位編碼 購貨單位代碼 售達方編碼 "
        "售達方代碼 售達方編號 售達方號 送達方編碼 用戶編碼 用戶編號 經銷商編碼 經銷商代碼 customer-code customer-no "
        "customer-number customer-id cust-no cust-code account-no account-number sold-to-code client-code",
    ),
    "consignee": (
        "收貨人 收貨人姓名 收件人 收件人姓名 收貨聯絡人 收貨聯繫人 收件聯絡人 接貨人 接收人 提貨人 客戶聯絡人 客戶聯繫人 "
        "現場聯繫人 現場聯絡人 consignee recipient receiver attn attention delivery-contact",
        "聯絡人 聯繫人 聯系人 姓名 窗口 聯絡窗口 contact contact-person contact-name",
    ),
    "phone": (
        "收貨電話 收貨人電話 收件電話 收件人電話 收貨聯絡電話 收貨聯繫電話 收貨人聯絡電話 收貨人聯繫電話 收貨人聯繫方式 "
        "收貨人手機 收件人手機 客戶電話 聯絡人電話 聯繫人電話 聯繫人手機 收貨手機 收貨聯繫方式",
        "電話 電話號碼 聯絡電話 聯繫電話 聯系電話 手機 手機號 手機號碼 聯絡手機 聯繫手機 行動電話 移動電話 聯絡方式 "
        "聯繫方式 聯系方式 tel tel-no telephone phone phone-no phone-number mobile mobile-no cell contact-no "
        "contact-number contact-phone",
    ),
    "address": (
        "收貨地址 送貨地址 交貨地址 發貨地址 出貨地址 到貨地址 收件地址 收貨人地址 收件人地址 客戶地址 送達地址 交貨地點 "
        "送貨地點 收貨地點 交付地點 交付地址 卸貨地點 到貨地點 delivery-address ship-to-address shipping-address "
        "customer-address delivery-place place-of-delivery",
        "地址 詳細地址 目的地 到站 address destination addr",
    ),
    "order_no": (
        "訂單號 訂單編號 訂單號碼 訂單 訂單單號 訂購單號 訂貨單號 合同號 合同編號 合約號 合約編號 合約號碼 契約編號 "
        "合同 採購單號 採購訂單號 採購訂單 採購單 客戶訂單號 客戶訂單 客戶訂單編號 客戶po 客戶採購單號 客戶單號 銷售訂單 "
        "銷售訂單號 銷售單號 委託編號 委託書編號 訂單/合同號 訂單號/合同號 order order-no order-number "
        "sales-order sales-order-no so so-no so# po po-no po-number po# p/o p/o-no purchase-order "
        "purchase-order-no contract contract-no contract-number customer-po customer-order-no cust-po your-order-no",
    ),
    "carrier": (
        "承運商 承運商名稱 承運人 承運單位 承運方 承運公司 物流公司 物流商 快遞公司 貨運公司 貨運行 運輸公司 運輸單位 "
        "托運公司 配送公司 物流 快遞 貨運 專線 carrier carrier-name courier forwarder freight-forwarder logistics "
        "logistics-company shipper-name transporter haulier",
    ),
    "delivery_mode": (
        "交付方式 交貨方式 發貨方式 出貨方式 送貨方式 提貨方式 運輸方式 配送方式 運送方式 發運方式 物流方式 取貨方式 "
        "delivery-mode delivery-method mode-of-delivery shipping-method shipment-method ship-via via "
        "mode-of-transport transport-mode shipping-mode ship-mode method",
    ),
    "issued_on": (
        "開單日期 制單日期 製單日期 單據日期 填單日期 填表日期 填寫日期 開立日期 業務日期 通知日期 開單日 制單日 製表日期 "
        "開單時間 issue-date issued-on date-of-issue issue document-date doc-date issued note-date",
    ),
    "ship_on": (
        "發貨日期 出貨日期 送貨日期 出庫日期 發運日期 提貨日期 裝車日期 交付日期 發貨時間 出貨時間 送貨時間 發貨日 出貨日 "
        "送貨日 出庫日 出庫時間 預計發貨日期 預計出貨日期 預計發貨日 預計出貨日 計劃發貨日期 計劃出貨日期 要求發貨日期 "
        "發貨日期要求 預定出貨日 預定出貨日期 派送日期 銷貨日期 ship-date shipping-date shipment-date dispatch-date "
        "shipped-on date-shipped date-of-shipment date-of-dispatch despatch-date ship-on",
        "日期 date delivery-date date-of-delivery",
    ),
    "due_on": (
        "交期 交貨期 交貨期限 要求交期 客戶交期 約定交期 承諾交期 納期 需求日期 需求日 要求到貨日期 要求到貨日 要求到貨時間 "
        "到貨時間要求 到貨日期 要求交貨日期 要求日期 希望交期 due-date due due-on required-date need-date need-by "
        "requested-date required-by delivery-due eta req-date",
        "交貨日期 交貨日 交貨時間 預交日 預交日期 預計交期",
    ),
    "remark": (
        "備註 備考 附註 附記 備註欄 備註說明 備注說明 特殊要求 remark remarks note notes memo comment comments",
        "說明 摘要 附言",
    ),
    "line_no": (
        "行號 項次 項號 行項目 行項目號 行次 項目號 訂單行號 項目編號 項序 line line-no line-number line-item "
        "line# pos position item#",
    ),
    "part_no": (
        "料號 物料號 物料號碼 物料編碼 物料編號 物料代碼 物料代號 品號 貨號 貨品編號 貨品編碼 貨品代碼 貨品代號 產品編號 "
        "產品編碼 產品代碼 產品代號 產品料號 產品號 產品貨號 商品編碼 商品編號 商品代碼 商品代號 商品貨號 存貨編碼 存貨編號 "
        "存貨代碼 存貨代號 材料編碼 材料編號 材料代碼 配件編碼 配件編號 配件號 配件代碼 配件料號 零件號 零件編號 零件編碼 "
        "零件料號 零件號碼 件號 料件編號 料件號 料品編號 料品編碼 品番 品目編號 本廠料號 我司料號 公司料號 我方料號 廠內料號 "
        "成品料號 成品編碼 成品編號 備件編號 備件號 物品編碼 物品編號 貨物編碼 貨物編號 貨物代碼 部件號 部件編號 part-no part-number part# part-code "
        "p/n pn item-code item-number material-no material-number material-code material-id product-code "
        "product-no product-number product-id article-no article-number article sku stock-code "
        "commodity-code part-num our-part-no",
        "編碼 代碼 代號 料碼 code",
        "圖號 零件圖號 產品圖號 drawing-no",
    ),
    "name": (
        "品名 名稱 貨名 產品名稱 產品名 物料名稱 物料名 貨物名稱 商品名稱 商品名 存貨名稱 材料名稱 配件名稱 零件名稱 "
        "零部件名稱 備件名稱 貨品名稱 物品名稱 設備名稱 料品名稱 成品名稱 品項 品目 物料描述 產品描述 商品描述 "
        "貨物描述 品名描述 料件名稱 中文品名 貨物品名 產品品名 name description item-description item-name "
        "product-name product-description part-name part-description material-description goods "
        "description-of-goods goods-description commodity material-name article-name",
        "品名規格 品名及規格 名稱規格 名稱及規格 名稱型號 名稱及型號 產品名稱規格 貨物名稱及規格 產品名稱及規格 "
        "產品名稱及型號 產品名稱型號 貨物名稱規格型號 品名型號 品名及型號 品名規格型號 名稱規格型號 品名及規格型號 商品名稱規格 "
        "商品名稱及規格 物料名稱及規格 貨品名稱及規格 品規 貨物",
    ),
    "spec": (
        "規格 規格型號 型號規格 型號 規格及型號 型號及規格 規格說明 規格描述 型式 產品規格 商品規格 物料規格 存貨規格 "
        "材料規格 零件規格 機型 規格尺寸 尺寸 型號名稱 spec specs specification specifications model model-no "
        "model-number type size specification/model",
    ),
    "uom": (
        "單位 計量單位 數量單位 計價單位 基本單位 銷售單位 計量 unit units uom u/m unit-of-measure um",
    ),
    "quantity": (
        "本次出貨數量 本次發貨數量 本次數量 本次出貨 本次發貨 實發數量 實發數 實發 實出數量 實出 實際數量 實際發貨數量 "
        "實際出貨數量 出貨數量 發貨數量 出庫數量 送貨數量 交貨數量 發運數量 出貨量 發貨量 出貨數 發貨數 出庫數 送貨數 "
        "調撥數量 qty-shipped shipped-qty shipped quantity-shipped delivered-qty qty-delivered delivered "
        "delivery-qty delivery-quantity ship-qty ship-quantity shipping-qty shipping-quantity dispatched-qty",
        "數量 數目 台數 總數量 qty quantity q'ty qty. q-ty qtty quant pcs pieces",
        "應發數量 應發數 應發 應出數量 應送數量 訂單數量 訂貨數量 訂購數量 申請數量 計劃數量 需求數量 通知數量 件數 個數 "
        "order-qty ordered-qty qty-ordered ordered order-quantity",
    ),
    "unit_price": (
        "單價 未稅單價 不含稅單價 銷售單價 含稅單價 價格 售價 結算單價 unit-price price u/p unit-cost price/unit "
        "price-each rate",
    ),
    "amount": (
        "金額 未稅金額 不含稅金額 含稅金額 價稅合計 總金額 總價 總額 小計金額 合計金額 貨款 貨款金額 價款 amount "
        "total-amount line-total line-amount total-price extended-price ext-price value total-value",
        "小計 合計 total subtotal",
    ),
    "serial_nos": (
        "序列號 序列號碼 出廠編號 出廠序號 出廠號 機號 機身號 機器號 機器編號 機器序號 機身編號 出廠編碼 產品序列號 產品序號 製造號碼 "
        "製造編號 整機編號 機台號 機台序號 設備序號 設備序列號 商品序號 序列編號 s/n-no serial-no serial-number serial-numbers "
        "serial serials serial-nos serial# s/n# s/nos machine-no",
    ),
    "lot_no": (
        "批號 批次 批次號 生產批號 產品批號 生產批次 製造批號 lot lot-no lot-number batch batch-no batch-number lot#",
    ),
    TAX_RATE: ("稅率 增值稅率 稅率% tax-rate tax% vat vat% tax",),
    DISCOUNT: ("折扣 折扣率 折讓 discount disc discount%",),
}

# Words whose meaning hangs on what stands beneath or beside them: the possible meanings in order.
UNSURE: Mapping[str, tuple[str, ...]] = {
    "序號 no nos 號碼 # seq sequence 編號 number": (
        "index",
        "part_no",
        "serial_nos",
        "external_no",
    ),
    "s/n sr sr-no sl-no": ("serial_nos", "index"),
    "sn": ("serial_nos", "index"),
    "item items item-no 項目": ("index", "part_no", "name"),
    "產品 物料 商品 貨品 物品 存貨 材料 配件 零件 料品 material product part parts 設備": (
        "name",
        "part_no",
    ),
    "設備編號": ("part_no", "serial_nos"),
    "配件型號 產品型號 貨品型號 商品型號 物料型號 零件型號 設備型號 水泵型號 泵型號": (
        "name",
        "spec",
    ),
    "物料文本 物料說明 文本": ("line_remark", "name"),
}

# Several facts in one cell under one word; taken apart by their looks (see `several`).
SEVERAL: Mapping[str, tuple[str, ...]] = {
    "收貨資訊 收貨信息 收貨資料 收件資訊 收件信息 收貨人資訊 收貨人信息 收貨人資料 送貨資訊 送貨信息 配送信息 發貨信息 "
    "收貨地址及聯絡人 收貨地址及聯繫人 收貨地址及聯繫方式 收貨地址聯繫人電話 delivery-details delivery-information "
    "shipping-details ship-to-details": ("address", "consignee", "phone"),
    "收貨人及電話 收貨人電話號碼 聯絡人及電話 聯繫人及電話 收件人及電話 收貨人及聯繫方式 聯繫人及聯繫方式 收貨聯繫人及電話 "
    "聯繫人及聯繫電話 聯絡人及聯絡電話 收貨人及聯繫電話 contact-and-phone": ("consignee", "phone"),
}

# Words that stand on such papers and mean nothing to us; known so that they are not mistaken.
OTHER = (
    "類別 類型 單據類型 訂單類型 倉庫 庫位 儲位 倉位 工廠 發貨倉庫 出貨倉庫 調出倉庫 調入倉庫 毛重 淨重 重量 單重 總重 體積 "
    "箱數 箱號 包裝 包裝方式 件數/箱 裝箱數 每箱數量 庫存數量 庫存 現有庫存 結存 結存數量 已發數量 已出數量 未發數量 未出數量 "
    "欠數 欠發數量 累計數量 核對數量 實點數量 點收數量 實收數量 實收 簽收數量 裝車數量 退貨數量 短缺數量 破損數量 差異數量 "
    "差異 差異類型 處理 拒收數量 核對 箱裝數 材質 品牌 顏色 產地 客戶料號 客戶品號 客戶物料號 客戶品名 客戶型號 客戶物料編碼 "
    "客戶零件號 客戶圖號 運單號 運單號碼 物流單號 快遞單號 貨運單號 託運單號 車號 車牌 車牌號 車輛 司機 司機電話 駕駛員 隨車電話 "
    "業務員 業務 業務員電話 銷售員 業務代表 業務人員 承辦人 經辦人 經手人 送貨人 發貨人 發貨單位 送貨單位 出貨人 交貨人 交貨單位 "
    "供貨單位 供方 賣方 供應商 製單 制單 製單人 制單人 製表 製表人 開單人 審核 審核人 核准 批准 覆核 主管 會計 財務 倉管 "
    "保管員 倉管員 檢驗 檢驗員 品管 品檢 質檢 領料人 簽收 簽收人 簽名 客戶簽收 客戶簽章 客戶簽名 收貨人簽字 收貨人簽名 "
    "收貨單位經手人 送貨單位經手人 用戶狀態 用戶狀態簽收 簽收狀態 簽收日期 收貨日期 發件人 發件單位 寄件人 填表人 申請人 申請部門 "
    "部門 辦事處 區域 地區 大區 省份 傳真 傳真號碼 郵編 郵政編碼 郵箱 電郵 電子郵件 網址 統一編號 統編 稅號 開戶行 帳號 "
    "賬號 幣別 幣種 匯率 付款方式 付款條件 結算方式 發票號碼 發票 發票類型 頁次 頁碼 頁數 版本 版次 表單編號 表單編碼 表格編號 文件編號 記錄編號 聯次 列印日期 打印日期 "
    "列印時間 訂單日期 下單日期 採購日期 合同日期 稅額 大寫 人民幣大寫 金額大寫 保固 質保期 條碼 專案 專案名稱 項目名稱 工程名稱 "
    "注意 注意事項 條款 主題 主旨 是否含稅 category warehouse bin location weight gross-weight net-weight "
    "volume cartons ctns ctn packages pkg packing brand color colour origin customer-part-no "
    "customer-part-number cust-part-no cust-p/n waybill waybill-no tracking-no tracking-number awb "
    "truck-no vehicle vehicle-no driver salesperson sales sales-rep prepared-by checked-by approved-by "
    "received-by signature signed sign fax email e-mail website zip postcode currency payment "
    "payment-terms terms incoterms invoice invoice-no page from sender supplier vendor seller "
    "shipper stock stock-qty on-hand backorder back-order balance received-qty qty-received received order-date "
    "invoice-date tax-amount warranty country hs-code project region office department"
)
# Names of the paper itself: with nothing beside them they are its title.
NOTE_NAMES = (
    "發貨單 出貨單 送貨單 出庫單 交貨單 訂單 採購單 合同 delivery-note shipping-note shipment dn d/n order "
    "packing-list goods-issue"
)
# Whoever is named by one of these, the telephone behind the name is theirs and not the customer's.
OUR_PEOPLE = (
    "業務員 業務 銷售員 業務代表 業務人員 承辦人 經辦人 經手人 送貨人 發貨人 發貨單位 送貨單位 出貨人 供貨單位 供方 賣方 "
    "供應商 製單 制單 製單人 制單人 製表 製表人 開單人 審核 審核人 司機 駕駛員 發件人 寄件人 倉管 倉管員 from sender "
    "supplier vendor seller shipper driver salesperson sales sales-rep prepared-by 簽收 簽收人"
)
INSTRUCTIONS = (
    "必填 選填 可選 可不填 非必填 文本 數字 日期 數值 自動 自動計算 下拉選擇 required optional mandatory text number date "
    "必填項 選填項 格式 示例 範例 例 例如 必 選"
)
